// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.spark.cli.arguments.SettingsArguments;
import org.bcgd.spark.cli.table.Table;
import org.bcgd.spark.folder.Software;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.StepTimes;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.settings.hocon.ValueType;
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
    try (JavaSparkContext spark = SparkStart.of("train " + settings.name())) {
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
      result.stepTimes().ifPresent(times -> System.out.print(stepTable(times)));
      return 0;
    }
  }

  /** Where the time of a step went. */
  private static Table stepTable(StepTimes times) {
    List<List<String>> rows = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      Double seconds = times.seconds().get(phase);
      if (seconds != null) {
        rows.add(row(ValueType.nameOf(phase), seconds, times.total()));
      }
    }
    rows.add(row("a step", times.total(), times.total()));
    return new Table(List.of("phase", "ms", "share"), rows);
  }

  private static List<String> row(String name, double seconds, double total) {
    return List.of(
        name, "%.2f".formatted(1e3 * seconds), "%.1f %%".formatted(100 * seconds / total));
  }
}
