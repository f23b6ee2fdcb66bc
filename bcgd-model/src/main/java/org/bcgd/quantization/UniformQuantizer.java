// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import java.util.Arrays;

/**
 * b-bit weights by Lloyd's alternation between levels and scale, b = 2..8.
 *
 * <pre>
 *   δ₀ = 2 ‖y‖_∞ / (2ᵇ − 1)                              the largest weight at the edge of the top cell
 *   qᵢ = sign(yᵢ) · min(round(|yᵢ| / δ), 2ᵇ⁻¹ − 1)        nearest level
 *   δ  = ⟨q, y⟩ / ‖q‖²                                    least squares
 * </pre>
 *
 * <p>Each call starts afresh from δ₀ and alternates until the levels no longer change, at most
 * {@code iterations} times (the paper takes one). Each iteration lowers ‖y − δq‖, so the result is
 * the exact projection only where the alternation finds it. Half a step rounds away from zero.
 *
 * @param bits b, 2..8
 * @param iterations the most alternations in one projection, at least 1
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, projection for more bits
 */
public record UniformQuantizer(int bits, int iterations) implements WeightQuantizer {

  /** Alternations after which the error on Gaussian weights is within a few percent of the best. */
  public static final int DEFAULT_ITERATIONS = 5;

  public UniformQuantizer {
    if (bits < 2 || bits > 8) {
      throw new IllegalArgumentException("bits is " + bits + "; a uniform quantizer takes 2..8");
    }
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations is " + iterations + "; at least 1 is needed");
    }
  }

  @Override
  public float project(float[] weights, int from, int to, byte[] levels, int at) {
    Magnitudes.requireNonEmpty(from, to);
    float scale = 2 * Magnitudes.largest(weights, from, to) / ((1 << bits) - 1);
    if (scale == 0) {
      Arrays.fill(levels, at, at + to - from, (byte) 0);
      return 0;
    }
    nearestLevels(weights, from, to, scale, levels, at);
    scale = leastSquaresScale(weights, from, to, levels, at);
    for (int i = 1; i < iterations; i++) {
      if (!nearestLevels(weights, from, to, scale, levels, at)) {
        break;
      }
      scale = leastSquaresScale(weights, from, to, levels, at);
    }
    return scale;
  }

  /** Assigns each weight its nearest level; true if any level changed. */
  private boolean nearestLevels(
      float[] weights, int from, int to, float scale, byte[] levels, int at) {
    int top = (1 << (bits - 1)) - 1;
    boolean changed = false;
    for (int i = from; i < to; i++) {
      int magnitude = Math.min((int) (Math.abs(weights[i]) / scale + 0.5f), top);
      byte level = (byte) (weights[i] < 0 ? -magnitude : magnitude);
      changed |= level != levels[at + i - from];
      levels[at + i - from] = level;
    }
    return changed;
  }

  private static float leastSquaresScale(float[] weights, int from, int to, byte[] levels, int at) {
    double product = 0;
    long square = 0;
    for (int i = from; i < to; i++) {
      byte level = levels[at + i - from];
      product += (double) level * weights[i];
      square += level * level;
    }
    return (float) (product / square);
  }
}
