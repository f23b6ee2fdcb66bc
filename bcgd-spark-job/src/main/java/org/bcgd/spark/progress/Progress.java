// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.progress;

import java.io.PrintStream;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.StepMetrics;

/**
 * How a training goes, for people: epoch, step, loss, top-1, images per second and the time left.
 *
 * <p>It is the output of the program and not a log: it goes to the given stream, so that no log
 * level can hide it.
 */
public sealed interface Progress extends AutoCloseable permits LiveProgress, PlainProgress {

  /**
   * A line that renews itself where {@code out} is the terminal of a person, else a plain line now
   * and then.
   *
   * @param firstStep steps that are done already, more than 0 after a resume
   */
  static Progress on(PrintStream out, RunLength length, long firstStep) {
    return System.console() == null
        ? new PlainProgress(out, length, firstStep, System::nanoTime)
        : LiveProgress.on(out, length, firstStep);
  }

  /** Shows a step that is done. */
  void step(StepMetrics step);

  /** Shows an epoch that is done. */
  void epoch(EpochMetrics epoch);

  /** Shows an evaluation. */
  void evaluation(EvaluationMetrics evaluation);

  /** Ends the display. */
  @Override
  void close();
}
