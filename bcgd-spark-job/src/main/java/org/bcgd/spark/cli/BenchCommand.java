// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.concurrent.Callable;
import org.bcgd.benchmark.StepBenchmark;
import org.bcgd.benchmark.StepFigures;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.engine.EngineSettings;
import org.bcgd.engine.GradientPrecision;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.NetworkSummary;
import org.bcgd.spark.cli.arguments.SettingsArguments;
import org.bcgd.spark.cli.table.BenchReport;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.storage.Folder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures training steps of the engine on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Training steps and classification by the engine on this machine, with random images and",
      "without Spark: images a second, where the time goes, and what bounds it from below.",
      "The threads are those of one task: --set execution.threads=N."
    })
final class BenchCommand implements Callable<Integer> {

  @Mixin private SettingsArguments arguments;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images of a step; by default those of one shard.")
  private Integer batch;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "11",
      description = "Timed steps, of which the median is told; ${DEFAULT-VALUE} by default.")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Untimed steps before them, for Java's compiler; ${DEFAULT-VALUE} by default.")
  private double warmUp;

  @Override
  public Integer call() {
    Settings settings = arguments.read();
    NetworkDefinition network = settings.network(file -> Folder.textOf(file, SparkStart.hadoop()));
    EngineSettings engine =
        new EngineSettings(
            settings.execution().threads(),
            settings.execution().gradientPrecision().orElseGet(GradientPrecision::fastest));
    BlendedCoarseGradientDescent descent = settings.update(network.layout(), 1);
    requirePositive("--batch", batch);
    requirePositive("--rounds", rounds);
    int images =
        batch == null ? settings.training().batchSize() / settings.dataset().shards() : batch;
    StepFigures figures = new StepBenchmark(network, descent, engine, images).run(warmUp, rounds);
    System.out.printf("%s, %s%n%n", network, engine.describe());
    System.out.print(
        new BenchReport(figures, NetworkSummary.of(network, settings.weights().precision())));
    return 0;
  }

  private static void requirePositive(String option, Integer value) {
    if (value != null && value < 1) {
      throw new SettingsException(option + " " + value + ": needed is a whole number from 1 on");
    }
  }
}
