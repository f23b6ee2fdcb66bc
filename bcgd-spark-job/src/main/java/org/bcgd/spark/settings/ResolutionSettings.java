// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.number;
import static org.bcgd.spark.settings.hocon.ValueType.positive;

import java.util.Optional;
import org.bcgd.descent.ResolutionRule;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code resolution}: how the resolutions α of the activations are trained.
 *
 * @param start their first values
 * @param minimum the least α
 * @param maximum the largest α
 * @param learningRateFactor learning rate of α over that of the weights
 * @param weightDecay of α
 * @param gradientClip bound on the magnitude of the gradient in α
 */
public record ResolutionSettings(
    ResolutionStart start,
    double minimum,
    double maximum,
    double learningRateFactor,
    double weightDecay,
    Optional<Double> gradientClip) {

  static ResolutionSettings read(Section resolution) {
    ResolutionSettings settings =
        new ResolutionSettings(
            resolution.value("start", ResolutionStart.type(), ResolutionStart.FromBatch.MSE),
            resolution.value("minimum", positive(0.001), 0.001),
            resolution.value("maximum", positive(100), 100.0),
            resolution.value("learning-rate-factor", number(0, 1000, 0.01), 0.01),
            resolution.value("weight-decay", number(0, 1, 0), 0.0),
            resolution.optional("gradient-clip", positive(1)));
    resolution.check(
        settings.minimum <= settings.maximum,
        "the minimum is above the maximum",
        "minimum",
        "maximum");
    resolution.check(
        settings.contains(settings.start),
        "the start lies outside the bounds",
        "start",
        "minimum",
        "maximum");
    return settings;
  }

  /** How α follows its gradient, as the model speaks of it. */
  ResolutionRule rule() {
    return new ResolutionRule(
        learningRateFactor, gradientClip.orElse(Double.POSITIVE_INFINITY), minimum, maximum);
  }

  private boolean contains(ResolutionStart value) {
    return !(value instanceof ResolutionStart.Fixed fixed)
        || (fixed.resolution() >= minimum && fixed.resolution() <= maximum);
  }
}
