// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

/**
 * What stands in for ∂σ/∂x, which is zero almost everywhere: the derivative μ′ of a related
 * function μ, used in the backward pass only.
 *
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, coarse gradient
 */
public enum CoarseDerivative {
  /** μ′ = 1: the straight-through estimator. */
  IDENTITY {
    @Override
    public float at(float x, float resolution, int levels) {
      return 1;
    }
  },
  /** μ′ = 1 on x > 0, else 0. */
  RELU {
    @Override
    public float at(float x, float resolution, int levels) {
      return x > 0 ? 1 : 0;
    }
  },
  /** μ′ = 1 on 0 < x ≤ Lα, else 0: the derivative of min(max(x, 0), Lα). The recommended one. */
  CLIPPED_RELU {
    @Override
    public float at(float x, float resolution, int levels) {
      return x > 0 && x <= levels * resolution ? 1 : 0;
    }
  };

  /** μ′(x) for a staircase of resolution α with L positive levels. */
  public abstract float at(float x, float resolution, int levels);
}
