// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli.arguments;

import java.util.Arrays;
import org.bcgd.spark.deployment.ExportFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of {@code export --format}. */
public final class ExportFormatConverter implements ITypeConverter<ExportFormat> {

  @Override
  public ExportFormat convert(String word) {
    return Arrays.stream(ExportFormat.values())
        .filter(format -> format.toString().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + word + "' is none of " + Arrays.toString(ExportFormat.values())));
  }
}
