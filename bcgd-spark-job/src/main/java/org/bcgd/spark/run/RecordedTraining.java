// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.spark.folder.Checkpoints;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.progress.Progress;
import org.bcgd.spark.report.ConfusionMatrix;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.storage.MetricsFile;
import org.bcgd.spark.training.TrainingLog;
import org.bcgd.spark.training.TrainingLoop;

/**
 * The training loop and all who hear of it: the metrics and confusion matrix of the run folder, the
 * live line, and who watches.
 *
 * @param folder of the run
 * @param checkpoints of the run
 * @param classNames by label
 * @param out where a person reads how it goes
 * @param watcher is told of each step
 */
record RecordedTraining(
    RunFolder folder,
    Checkpoints checkpoints,
    List<String> classNames,
    PrintStream out,
    Consumer<StepMetrics> watcher) {

  /**
   * Trains from a state, to the end of the run or so many epochs on, and judges what came of it.
   * Lines of metrics beyond that state are dropped first.
   */
  Outcome.Trained run(RunDesign design, RunParts parts, MasterState start, int epochs) {
    try (MetricsFile file =
            MetricsFile.open(folder.files(), line -> RunLog.isUpTo(start.step(), line));
        RunLog metrics =
            new RunLog(new OutputStreamWriter(file, StandardCharsets.UTF_8), file::secure);
        Progress progress = Progress.on(out, design.length(), start.step())) {
      TrainingLog log = log(design, metrics, progress);
      MasterState end =
          loop(design, parts, log).run(start, design.length().stepsUntil(start.step(), epochs));
      BlendedCoarseGradientDescent descent = design.descent();
      if (log.lastEvaluation().isEmpty()) {
        parts.evaluation().ifPresent(by -> log.evaluation(end, () -> by.of(descent.quantize(end))));
      }
      return new Outcome.Trained(
          end.step(),
          descent.quantize(end),
          log.lastEvaluation().map(TrainingLog::figures),
          log.times());
    } catch (IOException e) {
      throw new UncheckedIOException("the metrics in " + folder + " cannot be closed", e);
    }
  }

  private TrainingLog log(RunDesign design, RunLog metrics, Progress progress) {
    return new TrainingLog(
        design.descent(),
        design.schedule().stepsPerEpoch(),
        metrics,
        progress,
        watcher,
        (step, judged) ->
            folder.writeConfusion(ConfusionMatrix.of(step, classNames, judged.confusion())));
  }

  private TrainingLoop loop(RunDesign design, RunParts parts, TrainingLog log) {
    return new TrainingLoop(
        parts.step(),
        design.descent(),
        parts.norms(),
        parts.evaluation(),
        checkpoints,
        log,
        design.length(),
        design.settings().evaluation().everyEpochs());
  }
}
