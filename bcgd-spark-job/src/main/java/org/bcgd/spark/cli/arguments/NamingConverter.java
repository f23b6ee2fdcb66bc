// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli.arguments;

import java.util.Arrays;
import java.util.Iterator;
import org.bcgd.importing.Naming;
import org.bcgd.spark.settings.hocon.ValueType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of namings as they are typed: small letters and hyphens. */
public final class NamingConverter implements ITypeConverter<Naming>, Iterable<String> {

  @Override
  public Naming convert(String typed) {
    return Arrays.stream(Naming.values())
        .filter(naming -> ValueType.nameOf(naming).equals(typed))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "\"" + typed + "\" is none of " + String.join(", ", this)));
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Naming.values()).map(ValueType::nameOf).iterator();
  }
}
