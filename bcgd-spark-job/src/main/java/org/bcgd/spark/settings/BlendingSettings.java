// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.number;

import java.util.Map;
import org.bcgd.descent.Blending;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code blending}: how much of the quantized weights a step blends into the float weights.
 *
 * <pre>
 *   ρ(epoch) = min(rho · growthᵉᵖᵒᶜʰ, maximum)
 * </pre>
 *
 * <p>Two names stand for a whole section: {@code binary-connect} is ρ = 0, {@code
 * projected-gradient} is ρ = 1.
 *
 * @param rho in the first epoch, 0..1
 * @param growth factor of each epoch, at least 1
 * @param maximum never exceeded, 0..1
 */
public record BlendingSettings(double rho, double growth, double maximum) {

  /** The sections that have a name. */
  static final Map<String, String> NAMED =
      Map.of(
          "binary-connect", "rho = 0, growth = 1, maximum = 0",
          "projected-gradient", "rho = 1, growth = 1, maximum = 1");

  static BlendingSettings read(Section blending) {
    BlendingSettings settings =
        new BlendingSettings(
            blending.value("rho", number(0, 1, 1e-5), 1e-5),
            blending.value("growth", number(1, 1000, 1.02), 1.0),
            blending.value("maximum", number(0, 1, 0.01), 0.01));
    blending.check(
        settings.rho <= settings.maximum,
        "rho is above its maximum; raise the maximum",
        "rho",
        "maximum");
    return settings;
  }

  /** The same as the model speaks of it. */
  Blending blending() {
    return new Blending(rho, growth, maximum);
  }
}
