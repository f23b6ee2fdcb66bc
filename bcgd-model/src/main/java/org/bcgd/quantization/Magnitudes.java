// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import org.bcgd.parallel.FixedChunks;
import org.bcgd.vector.Sums;

/** Sums over |yᵢ| that the projections share, accumulated in double precision in a fixed order. */
final class Magnitudes {

  private Magnitudes() {}

  static double mean(float[] weights, int from, int to) {
    return FixedChunks.sum(from, to, (first, end) -> sum(weights, first, end)) / (to - from);
  }

  static double sum(float[] weights, int from, int to) {
    return Sums.magnitudes(weights, from, to);
  }

  static float largest(float[] weights, int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(weights[i]));
    }
    return largest;
  }

  /** Keeps the signs of the weights with |yᵢ| ≥ threshold and returns the mean of their |yᵢ|. */
  static float keepAbove(
      double threshold, float[] weights, int from, int to, byte[] levels, int at) {
    double kept = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      float magnitude = Math.abs(weights[i]);
      if (magnitude >= threshold && magnitude > 0) {
        levels[at + i - from] = (byte) (weights[i] > 0 ? 1 : -1);
        kept += magnitude;
        count++;
      } else {
        levels[at + i - from] = 0;
      }
    }
    return count == 0 ? 0 : (float) (kept / count);
  }

  static void requireNonEmpty(int from, int to) {
    if (from >= to) {
      throw new IllegalArgumentException(
          "nothing to project: the range [" + from + ", " + to + ") is empty");
    }
  }
}
