// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import org.bcgd.parallel.FixedChunks;
import org.bcgd.vector.Signs;

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
  public float project(float[] weights, int from, int to, byte[] levels, int at) {
    Magnitudes.requireNonEmpty(from, to);
    double sum =
        FixedChunks.sum(
            from,
            to,
            (first, end) -> {
              for (int i = first; i < end; i++) {
                // The sign bit without a branch; adding 0 turns −0 into +0.
                levels[at + i - from] = (byte) (Float.floatToRawIntBits(weights[i] + 0f) >> 31 | 1);
              }
              return Magnitudes.sum(weights, first, end);
            });
    return (float) (sum / (to - from));
  }

  /**
   * The same projection with its signs packed, for weights whose memory is read once.
   *
   * @param signs one bit a weight, see {@link Signs}; that of weight {@code origin} is the first,
   *     and from − origin a multiple of 8
   */
  float projectPacked(float[] weights, int from, int to, byte[] signs, int origin) {
    Magnitudes.requireNonEmpty(from, to);
    double sum =
        FixedChunks.sum(
            from,
            to,
            (first, end) -> {
              Signs.pack(weights, first, end, signs, (first - origin) / Byte.SIZE);
              return Magnitudes.sum(weights, first, end);
            });
    return (float) (sum / (to - from));
  }
}
