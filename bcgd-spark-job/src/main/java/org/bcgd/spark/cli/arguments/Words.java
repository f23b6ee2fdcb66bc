// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli.arguments;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bcgd.importing.Naming;
import org.bcgd.spark.deployment.ExportFormat;
import org.bcgd.spark.settings.hocon.ValueType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The constants of an enum as an option takes them: by their names in settings, in any case. */
public abstract class Words<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

  /** The words of {@code export --format}. */
  public static final class Formats extends Words<ExportFormat> {
    public Formats() {
      super(ExportFormat.class);
    }
  }

  /** The words of {@code import --naming}. */
  public static final class Namings extends Words<Naming> {
    public Namings() {
      super(Naming.class);
    }
  }

  private final Map<String, E> constants;

  Words(Class<E> constants) {
    this.constants = ValueType.names(constants);
  }

  @Override
  public E convert(String typed) {
    return Optional.ofNullable(constants.get(typed.toLowerCase(Locale.ROOT)))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + typed + "' is none of " + String.join(", ", constants.keySet())));
  }

  @Override
  public Iterator<String> iterator() {
    return constants.keySet().iterator();
  }
}
