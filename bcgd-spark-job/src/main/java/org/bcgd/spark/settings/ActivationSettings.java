// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;

import java.util.Optional;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code activations}: the staircase and what stands in for its derivatives.
 *
 * @param bits 1..8, or 32 for a float ReLU
 * @param rounding of the staircase
 * @param derivative in place of ∂σ/∂x
 * @param resolutionDerivative in place of ∂σ/∂α
 */
public record ActivationSettings(
    int bits,
    Rounding rounding,
    CoarseDerivative derivative,
    ResolutionDerivative resolutionDerivative) {

  static ActivationSettings read(Section activations) {
    return new ActivationSettings(
        activations.value("bits", Bits.type(4), 4),
        activations.value("rounding", choice(Rounding.class), Rounding.UP),
        activations.value(
            "derivative", choice(CoarseDerivative.class), CoarseDerivative.CLIPPED_RELU),
        activations.value(
            "resolution-derivative",
            choice(ResolutionDerivative.class),
            ResolutionDerivative.THREE_VALUED));
  }

  /** The same as a network speaks of it. */
  public NetworkActivation activation() {
    return quantizer()
        .<NetworkActivation>map(
            staircase ->
                new NetworkActivation.Quantized(staircase, derivative, resolutionDerivative))
        .orElseGet(NetworkActivation.Rectified::new);
  }

  /** The staircase; none for float activations. */
  public Optional<ActivationQuantizer> quantizer() {
    return bits == Bits.FLOAT
        ? Optional.empty()
        : Optional.of(new ActivationQuantizer(bits, rounding));
  }
}
