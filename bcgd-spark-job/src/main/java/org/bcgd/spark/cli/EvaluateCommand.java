// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.spark.cli.arguments.CheckpointChoice;
import org.bcgd.spark.cli.arguments.SettingsArguments;
import org.bcgd.spark.cli.table.Table;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.trained.CheckpointEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a checkpoint by the images of evaluation. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Top-1, top-5, loss and confusion matrix of a checkpoint.")
final class EvaluateCommand implements Callable<Integer> {

  private static final int WIDEST_CONFUSION = 20;

  @Mixin private SettingsArguments arguments;

  @Mixin private CheckpointChoice checkpoint;

  @Option(
      names = "--best",
      description = "Judges the checkpoint of the run folder that had the highest top-1 so far.")
  private boolean best;

  @Override
  public Integer call() {
    Settings settings = arguments.read();
    String where = checkpoint.of(settings);
    String from = best ? RunFolder.at(where, SparkStart.hadoop()).bestCheckpoint() : where;
    try (JavaSparkContext spark = SparkStart.of("evaluate " + settings.name())) {
      CheckpointEvaluation judged = CheckpointEvaluation.of(spark, settings, from);
      print(judged);
      return 0;
    }
  }

  private static void print(CheckpointEvaluation judged) {
    Evaluation evaluation = judged.evaluation();
    System.out.printf(
        "%s after %d steps, on %,d images:%n%n",
        judged.network(), judged.step(), evaluation.images());
    System.out.println(
        new Table(
            List.of("figure", "value"),
            List.of(
                List.of("top-1", "%.2f %%".formatted(100 * evaluation.topOne())),
                List.of("top-5", "%.2f %%".formatted(100 * evaluation.topFive())),
                List.of("loss", "%.4f".formatted(evaluation.meanLoss())))));
    if (evaluation.classes() <= WIDEST_CONFUSION) {
      System.out.println(Table.confusion(judged.classNames(), evaluation.confusion()));
    } else {
      System.out.printf(
          "(no confusion matrix: %d classes are more than a terminal is wide)%n",
          evaluation.classes());
    }
  }
}
