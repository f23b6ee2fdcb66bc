// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.number;
import static org.bcgd.spark.settings.hocon.ValueType.positive;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bcgd.descent.ResolutionRule;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.ResolutionStart;
import org.bcgd.spark.settings.hocon.Section;
import org.bcgd.spark.settings.hocon.ValueType;

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

  private static final ValueType<ResolutionStart> START =
      ValueType.<ResolutionStart>named(
              new TreeMap<>(
                  Map.of(
                      "mse", new ResolutionStart.MeanSquareOptimal(),
                      "half-max", new ResolutionStart.HalfMaximum(),
                      "max", new ResolutionStart.Maximum())))
          .or(
              positive(0.2)
                  .as(
                      alpha -> new ResolutionStart.Fixed(alpha.floatValue()),
                      // through the text, so that 0.2f is written 0.2 again
                      fixed -> Double.valueOf(Float.toString(fixed.value()))),
              ResolutionStart.Fixed.class);

  static ResolutionSettings read(Section resolution) {
    ResolutionSettings settings =
        new ResolutionSettings(
            resolution.value("start", START, new ResolutionStart.MeanSquareOptimal()),
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

  /**
   * Requires that resolutions that were started from data lie within the bounds.
   *
   * @param resolutions by parameter name
   * @throws SettingsException naming those that do not
   */
  public void requireWithinBounds(Map<String, Float> resolutions) {
    Map<String, Float> outside = new TreeMap<>(resolutions);
    outside.values().removeIf(alpha -> alpha >= minimum && alpha <= maximum);
    if (!outside.isEmpty()) {
      throw new SettingsException(
          "Resolutions started from the first minibatch lie outside resolution.minimum = "
              + minimum
              + " and resolution.maximum = "
              + maximum
              + ": "
              + outside
              + ". Widen the bounds, or set resolution.start to a number.");
    }
  }

  private boolean contains(ResolutionStart value) {
    return !(value instanceof ResolutionStart.Fixed fixed)
        || (fixed.value() >= minimum && fixed.value() <= maximum);
  }
}
