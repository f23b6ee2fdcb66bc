// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.progress;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.StepMetrics;

/** One line on a terminal that renews itself; epochs and evaluations stay above it. */
final class LiveProgress implements Progress {

  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final RunLength length;
  private final ProgressBar bar;

  private LiveProgress(PrintStream out, RunLength length, ProgressBar bar) {
    this.out = out;
    this.length = length;
    this.bar = bar;
  }

  /** As wide as the terminal. */
  static LiveProgress on(PrintStream out, RunLength length, long firstStep) {
    return on(out, length, firstStep, new ConsoleProgressBarConsumer(out));
  }

  /** As wide as told. */
  static LiveProgress on(
      PrintStream out, RunLength length, long firstStep, ConsoleProgressBarConsumer consumer) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("")
            .setStyle(ProgressBarStyle.ASCII)
            .setInitialMax(length.steps())
            .startsFrom(firstStep, Duration.ZERO)
            .setUpdateIntervalMillis(250)
            .setConsumer(consumer)
            .build();
    return new LiveProgress(out, length, bar);
  }

  @Override
  public void step(StepMetrics step) {
    bar.setExtraMessage(ProgressText.shortStep(step, length));
    bar.stepTo(step.step());
  }

  @Override
  public void epoch(EpochMetrics epoch) {
    printAbove(ProgressText.epoch(epoch, length));
  }

  @Override
  public void evaluation(EvaluationMetrics evaluation) {
    printAbove(ProgressText.evaluation(evaluation, length));
  }

  @Override
  public void close() {
    bar.close();
  }

  private void printAbove(String line) {
    out.print(ERASE_LINE + line + System.lineSeparator());
    bar.refresh();
  }
}
