// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

/**
 * The quantized ReLU: a staircase of b bits with a resolution α, the height and length of a step.
 *
 * <pre>
 *   code(x, α) = min(max(round(x / α), 0), L)      L = 2ᵇ − 1
 *   σ(x, α)    = α · code(x, α)
 * </pre>
 *
 * <p>Rounding up gives the paper's σ: 0 for x ≤ 0, kα on ((k − 1)α, kα], Lα beyond. All arithmetic
 * is float32 and the quotient is a true division, so that every execution of a network computes the
 * same codes. NaN stays NaN in {@link #apply}.
 *
 * @param bits b, 1..8
 * @param rounding up (the paper) or to nearest
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, activation quantization
 */
public record ActivationQuantizer(int bits, Rounding rounding) {

  public ActivationQuantizer {
    if (bits < 1 || bits > 8) {
      throw new IllegalArgumentException("bits is " + bits + "; a quantized activation takes 1..8");
    }
  }

  /** L = 2ᵇ − 1, the number of positive levels. */
  public int levels() {
    return (1 << bits) - 1;
  }

  /** The code of x, 0..L. */
  public int code(float x, float resolution) {
    return (int) Math.min(Math.max(rounding.round(x / resolution), 0f), levels());
  }

  /** σ(x, α). */
  public float apply(float x, float resolution) {
    return resolution * Math.min(Math.max(rounding.round(x / resolution), 0f), levels());
  }
}
