// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.progress;

import java.time.Duration;
import java.util.Locale;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.EvaluationFigures;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.FitFigures;
import org.bcgd.spark.report.metrics.Metrics;
import org.bcgd.spark.report.metrics.StepMetrics;

/** The words of the progress lines. */
final class ProgressText {

  private ProgressText() {}

  /** Epoch, loss, top-1 and speed of a step. */
  static String step(StepMetrics step, RunLength length) {
    return position(step, length) + ", " + fit(step.fit());
  }

  /** The same in the room that a bar leaves on a terminal of 80 columns. */
  static String shortStep(StepMetrics step, RunLength length) {
    return position(step, length)
        + String.format(
            Locale.ROOT,
            " loss %.2f top-1 %.1f%% %.0f img/s",
            step.fit().loss(),
            100 * step.fit().top1(),
            step.fit().imagesPerSecond());
  }

  /** The same over a whole epoch. */
  static String epoch(EpochMetrics epoch, RunLength length) {
    return position(epoch, length) + " done: " + fit(epoch.fit());
  }

  /** What an evaluation measured. */
  static String evaluation(EvaluationMetrics evaluation, RunLength length) {
    EvaluationFigures figures = evaluation.figures();
    return position(evaluation, length)
        + String.format(
            Locale.ROOT,
            " evaluated on %,d images: loss %.4f, top-1 %.2f %%, top-5 %.2f %%",
            figures.images(),
            figures.loss(),
            100 * figures.top1(),
            100 * figures.top5());
  }

  /** Hours, minutes and seconds. */
  static String time(Duration duration) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  private static String position(Metrics metrics, RunLength length) {
    return "epoch " + (metrics.epoch() + 1) + "/" + length.epochs();
  }

  private static String fit(FitFigures fit) {
    return String.format(
        Locale.ROOT,
        "loss %.4f, top-1 %.2f %%, %,.0f images/s",
        fit.loss(),
        100 * fit.top1(),
        fit.imagesPerSecond());
  }
}
