// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.Activation;

/** The non-linearity of a shipped architecture: low-bit, or float for pre-training. */
public sealed interface NetworkActivation {

  /** A new layer of this activation. */
  Layer layer();

  /** max(x, 0) in float32. */
  record Rectified() implements NetworkActivation {
    @Override
    public Layer layer() {
      return new ActivationLayer(Activation.RELU);
    }
  }

  /**
   * The staircase with a trainable resolution in every place.
   *
   * @param quantizer the staircase
   * @param derivative what stands in for ∂σ/∂x
   * @param resolutionDerivative ∂σ/∂α or what stands in for it
   */
  record Quantized(
      ActivationQuantizer quantizer,
      CoarseDerivative derivative,
      ResolutionDerivative resolutionDerivative)
      implements NetworkActivation {
    @Override
    public Layer layer() {
      return new QuantizedActivation(quantizer, derivative, resolutionDerivative);
    }
  }
}
