// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

/**
 * One-bit weights.
 *
 * <pre>
 *   δ = (1/n) · Σ |yᵢ|      qᵢ = +1 if yᵢ ≥ 0, else −1
 * </pre>
 *
 * <p>The exact projection, in O(n). A zero weight goes up to +1, because a packed sign has no third
 * state (the authors' code leaves it at 0).
 *
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, projection for one bit
 */
public record BinaryQuantizer() implements WeightQuantizer {

  @Override
  public int bits() {
    return 1;
  }

  @Override
  public float project(float[] weights, int from, int to, byte[] levels) {
    Magnitudes.requireNonEmpty(from, to);
    for (int i = from; i < to; i++) {
      levels[i] = (byte) (weights[i] >= 0 ? 1 : -1);
    }
    return (float) Magnitudes.mean(weights, from, to);
  }
}
