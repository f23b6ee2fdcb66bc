// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.StepMetrics;

/** One line about every ten seconds and at the end of each epoch. */
final class PlainProgress implements Progress {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final PrintStream out;
  private final RunLength length;
  private final long firstStep;
  private final LongSupplier nanoseconds;
  private final long start;
  private long lastLine;

  PlainProgress(PrintStream out, RunLength length, long firstStep, LongSupplier nanoseconds) {
    this.out = out;
    this.length = length;
    this.firstStep = firstStep;
    this.nanoseconds = nanoseconds;
    this.start = nanoseconds.getAsLong();
    this.lastLine = start;
  }

  @Override
  public void step(StepMetrics step) {
    long now = nanoseconds.getAsLong();
    if (now - lastLine >= INTERVAL.toNanos()) {
      lastLine = now;
      out.println(
          "step "
              + step.step()
              + "/"
              + length.steps()
              + ", "
              + ProgressText.step(step, length)
              + ", "
              + ProgressText.time(timeLeft(step.step(), now))
              + " left");
    }
  }

  @Override
  public void epoch(EpochMetrics epoch) {
    out.println(ProgressText.epoch(epoch, length));
  }

  @Override
  public void evaluation(EvaluationMetrics evaluation) {
    out.println(ProgressText.evaluation(evaluation, length));
  }

  @Override
  public void close() {
    out.flush();
  }

  private Duration timeLeft(long step, long now) {
    double nanosecondsPerStep = (double) (now - start) / (step - firstStep);
    return Duration.ofNanos(Math.round(nanosecondsPerStep * (length.steps() - step)));
  }
}
