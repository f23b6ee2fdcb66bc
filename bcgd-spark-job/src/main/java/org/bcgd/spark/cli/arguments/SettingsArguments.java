// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli.arguments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bcgd.spark.settings.Settings;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The settings that a verb is given. */
public final class SettingsArguments {

  @Parameters(
      paramLabel = "SETTINGS",
      description = "The settings file, HOCON; see conf/ for examples.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a setting of the file; can be repeated.")
  private List<String> overrides = new ArrayList<>();

  /**
   * The settings of the file with the overrides.
   *
   * @throws org.bcgd.failure.SettingsException with every problem of the file, one a line
   */
  public Settings read() {
    return Settings.read(file, overrides);
  }
}
