// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

/**
 * ∂σ/∂α of the staircase: exact almost everywhere, or a coarse stand-in. All are 0 for x ≤ 0 and L
 * for x > Lα; they differ on 0 < x ≤ Lα.
 *
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, training of the resolution
 */
public enum ResolutionDerivative {
  /** The code of x, k: true almost everywhere. */
  EXACT {
    @Override
    float inside(float steps, int code, int levels) {
      return code;
    }
  },
  /** 0, as in PACT: the derivative of the clipped ReLU min(max(x, 0), Lα). */
  TWO_VALUED {
    @Override
    float inside(float steps, int code, int levels) {
      return 0;
    }
  },
  /** (L + 1) / 2 = 2ᵇ⁻¹, the mean of the codes 1..L. The paper's proposal. */
  THREE_VALUED {
    @Override
    float inside(float steps, int code, int levels) {
      return (levels + 1) / 2f;
    }
  },
  /**
   * k − x/α, what rounding adds to x, in units of α: the derivative of α·⌈x/α⌉ if that of the
   * rounding is taken for 1.
   *
   * @see <a href="https://arxiv.org/abs/1902.08153">Esser et al. 2020, Learned Step Size
   *     Quantization</a>, equation 3
   */
  LEARNED_STEP {
    @Override
    float inside(float steps, int code, int levels) {
      return code - steps;
    }
  };

  /**
   * The derivative at 0 < x ≤ Lα.
   *
   * @param steps x / α
   * @param code of x
   * @param levels L
   */
  abstract float inside(float steps, int code, int levels);

  /** ∂σ/∂α at x for the staircase {@code quantizer} of resolution α. */
  public float at(float x, float resolution, ActivationQuantizer quantizer) {
    int levels = quantizer.levels();
    if (x <= 0) {
      return 0;
    }
    if (x > levels * resolution) {
      return levels;
    }
    return inside(x / resolution, quantizer.code(x, resolution), levels);
  }
}
