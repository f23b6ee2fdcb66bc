// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

import java.util.List;
import java.util.Map;

/**
 * A training step.
 *
 * @param step steps done, this one included
 * @param epoch counted from 0
 * @param fit of the images of the step
 * @param update that the step made
 * @param seconds by phase
 * @param missing shards that the step did not wait for; none unless a quorum is set
 */
public record StepMetrics(
    long step,
    int epoch,
    FitFigures fit,
    UpdateFigures update,
    Map<Phase, Double> seconds,
    List<Integer> missing)
    implements Metrics {

  public StepMetrics {
    seconds = Map.copyOf(seconds);
    missing = List.copyOf(missing);
  }
}
