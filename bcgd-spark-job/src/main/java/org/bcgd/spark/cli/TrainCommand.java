// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.training.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains, and leaves everything in the run folder. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the network of the settings.",
      "A run folder that holds a checkpoint is gone on with, as if it had never stopped."
    })
final class TrainCommand implements Callable<Integer> {

  @Mixin private SettingsArguments arguments;

  @Option(
      names = "--resume",
      description = "Fails if there is nothing to go on with, instead of starting afresh.")
  private boolean mustResume;

  @Override
  public Integer call() {
    Settings settings = arguments.read();
    try (JavaSparkContext spark = SettingsArguments.spark("train " + settings.name())) {
      Result result =
          new TrainingRun(spark, settings, Software.versions(), System.out).execute(mustResume);
      result
          .evaluation()
          .ifPresent(
              figures ->
                  System.out.printf(
                      "Done: top-1 %.2f %% on %,d images after %d steps in %.0f s; see %s%n",
                      100 * figures.top1(),
                      figures.images(),
                      result.steps(),
                      result.seconds(),
                      settings.run().folder()));
      return 0;
    }
  }
}
