// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import java.util.Arrays;

/**
 * Ternary weights by the exact projection, in O(n log n).
 *
 * <pre>
 *   |y|₍₁₎ ≥ |y|₍₂₎ ≥ …      k* = argmax_k (Σ_{i ≤ k} |y|₍ᵢ₎)² / k
 *   δ = mean of the k* largest |yᵢ|      qᵢ = sign(yᵢ) on those, else 0
 * </pre>
 *
 * <p>The smallest k wins a tie; equal magnitudes at the boundary are kept together, which costs
 * nothing because then both choices of k are equally near.
 *
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, projection for two bits
 */
public record TernaryQuantizer() implements WeightQuantizer {

  @Override
  public int bits() {
    return 2;
  }

  @Override
  public float project(float[] weights, int from, int to, byte[] levels, int at) {
    Magnitudes.requireNonEmpty(from, to);
    float[] magnitudes = new float[to - from];
    for (int i = from; i < to; i++) {
      magnitudes[i - from] = Math.abs(weights[i]);
    }
    Arrays.sort(magnitudes);
    return Magnitudes.keepAbove(smallestKept(magnitudes), weights, from, to, levels, at);
  }

  private static float smallestKept(float[] ascending) {
    double sum = 0;
    double best = -1;
    float smallest = 0;
    for (int k = 1; k <= ascending.length; k++) {
      float magnitude = ascending[ascending.length - k];
      sum += magnitude;
      double gain = sum * sum / k;
      if (gain > best) {
        best = gain;
        smallest = magnitude;
      }
    }
    return smallest;
  }
}
