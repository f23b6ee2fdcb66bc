// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

import java.util.Map;

/**
 * Where the time of the steps of a run went, since it was started or gone on with.
 *
 * @param steps how many were measured; a round of local steps counts once
 * @param seconds of a step on average, by phase
 */
public record StepTimes(long steps, Map<Phase, Double> seconds) {

  public StepTimes {
    seconds = Map.copyOf(seconds);
  }

  /** Seconds of a step on average. */
  public double total() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
