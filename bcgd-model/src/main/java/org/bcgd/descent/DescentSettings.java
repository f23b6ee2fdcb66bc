// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

import java.util.Optional;

/**
 * What fixes the update.
 *
 * @param learningRate η over the run
 * @param momentum μ, 0..1
 * @param weightDecay λ by role
 * @param blending ρ over the epochs
 * @param relaxation BinaryRelax in place of the hard projection, if wanted
 * @param resolution the rule of α
 * @param runningStatisticsDecay share of the old running statistics that a step keeps, 0..1
 */
public record DescentSettings(
    LearningRate learningRate,
    double momentum,
    WeightDecay weightDecay,
    Blending blending,
    Optional<Relaxation> relaxation,
    ResolutionRule resolution,
    double runningStatisticsDecay) {

  public DescentSettings {
    if (!(momentum >= 0
        && momentum < 1
        && runningStatisticsDecay >= 0
        && runningStatisticsDecay <= 1)) {
      throw new IllegalArgumentException(
          "momentum "
              + momentum
              + " and running statistics decay "
              + runningStatisticsDecay
              + " must lie in 0..1");
    }
  }
}
