// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.source.Split;
import org.bcgd.spark.cli.arguments.SettingsArguments;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.DatasetManifest;
import org.bcgd.spark.shards.DatasetPreparation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a dataset as shards. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the dataset of the settings as dataset.shards shards, with a manifest and checksums.",
      "Train on them with dataset.format=prepared and dataset.path=FOLDER."
    })
final class PrepareCommand implements Callable<Integer> {

  @Mixin private SettingsArguments arguments;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Where to write: a folder on any Hadoop file system.")
  private String output;

  @Override
  public Integer call() {
    Settings settings = arguments.read();
    try (JavaSparkContext spark = SparkStart.of("prepare " + settings.name())) {
      DatasetPreparation preparation =
          new DatasetPreparation(spark, settings.dataset(), settings.run().seed());
      for (Split split : Split.values()) {
        DatasetManifest manifest = preparation.write(split, output);
        System.out.printf(
            "%s: %,d images of %s in %d shards, %,d bytes%n",
            output, manifest.images(), manifest.dataset(), manifest.shards(), manifest.bytes());
      }
      return 0;
    }
  }
}
