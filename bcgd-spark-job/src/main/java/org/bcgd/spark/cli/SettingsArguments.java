// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.spark.settings.Settings;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every verb is given. */
final class SettingsArguments {

  @Parameters(
      paramLabel = "SETTINGS",
      description = "The settings file, HOCON; see conf/ for examples.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a setting of the file; can be repeated.")
  private List<String> overrides = new ArrayList<>();

  Settings read() {
    return Settings.read(file, overrides);
  }

  /** Spark with what spark-submit was told, or on this machine when started without it. */
  static JavaSparkContext spark(String title) {
    return new JavaSparkContext(
        new SparkConf().setAppName("BCGD " + title).setIfMissing("spark.master", "local[*]"));
  }
}
