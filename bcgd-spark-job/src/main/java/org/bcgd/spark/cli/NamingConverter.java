// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import org.bcgd.importing.Naming;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of namings as they are typed: small letters and hyphens. */
final class NamingConverter implements ITypeConverter<Naming>, Iterable<String> {

  @Override
  public Naming convert(String typed) {
    return Arrays.stream(Naming.values())
        .filter(naming -> nameOf(naming).equals(typed))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "\"" + typed + "\" is none of " + String.join(", ", this)));
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Naming.values()).map(NamingConverter::nameOf).iterator();
  }

  private static String nameOf(Naming naming) {
    return naming.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
