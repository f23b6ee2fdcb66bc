// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

import org.bcgd.parameters.ParameterRole;

/**
 * λ of the decay term λ·w that is added to the gradient, by role.
 *
 * @param weights of linear layers, quantized or not
 * @param biases of linear layers
 * @param normalization γ and β of batch normalisation
 * @param resolutions α of quantized activations
 */
public record WeightDecay(double weights, double biases, double normalization, double resolutions) {

  /** λ for a role that has a gradient. */
  public double of(ParameterRole role) {
    return switch (role) {
      case WEIGHT -> weights;
      case BIAS -> biases;
      case NORM_SCALE, NORM_SHIFT -> normalization;
      case RESOLUTION -> resolutions;
      case RUNNING_MEAN, RUNNING_VARIANCE ->
          throw new IllegalArgumentException(role + " has no gradient to decay");
    };
  }
}
