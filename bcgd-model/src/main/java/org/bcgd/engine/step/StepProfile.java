// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.step;

import java.util.Map;

/**
 * Where the time of a training step goes, and what bounds it from below.
 *
 * @param step seconds of the whole, the median over the steps
 * @param seconds of each phase, the mean over the threads, the median over the steps
 * @param alone seconds of the phases of convolutions when each primitive is run by itself, over and
 *     over, by all threads at once: what oneDNN needs for these shapes on this machine now
 * @param bytes that the other phases read and write, over all threads
 */
public record StepProfile(
    double step, Map<Phase, Double> seconds, Map<Phase, Double> alone, Map<Phase, Long> bytes) {

  public StepProfile {
    seconds = Map.copyOf(seconds);
    alone = Map.copyOf(alone);
    bytes = Map.copyOf(bytes);
  }
}
