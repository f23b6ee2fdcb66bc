// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

/**
 * Projection of float weights onto a scaled low-bit set.
 *
 * <pre>
 *   Q(y) = δ·q      (δ, q) = argmin ‖y − δ·q‖²,   δ ≥ 0,   q ∈ Lⁿ
 * </pre>
 *
 * <p>L is {−1, +1} at 1 bit and {0, ±1, …, ±(2ᵇ⁻¹ − 1)} at b ≥ 2 bits: one bit is the sign. The set
 * is a finite union of lines through the origin, so the projection commutes with positive scaling
 * and is idempotent where it is exact.
 *
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, weight quantization
 */
public sealed interface WeightQuantizer
    permits BinaryQuantizer, TernaryQuantizer, ThresholdTernaryQuantizer, UniformQuantizer {

  /** Bits a level takes: 1 for signs, 2 for ternary, b for 2ᵇ − 1 levels. */
  int bits();

  /**
   * Projects {@code weights[from, to)}: writes the levels q to {@code levels}, that of {@code
   * weights[from]} to {@code levels[at]}, and returns the scale δ. A range of zeros has δ = 0.
   *
   * @throws IllegalArgumentException if the range is empty
   */
  float project(float[] weights, int from, int to, byte[] levels, int at);
}
