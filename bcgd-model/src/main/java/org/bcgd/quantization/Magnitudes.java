// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

/** Sums over |yᵢ| that the projections share, accumulated in double precision in index order. */
final class Magnitudes {

  private Magnitudes() {}

  static double mean(float[] weights, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.abs(weights[i]);
    }
    return sum / (to - from);
  }

  static float largest(float[] weights, int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(weights[i]));
    }
    return largest;
  }

  /** Keeps the signs of the weights with |yᵢ| ≥ threshold and returns the mean of their |yᵢ|. */
  static float keepAbove(double threshold, float[] weights, int from, int to, byte[] levels) {
    double kept = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      float magnitude = Math.abs(weights[i]);
      if (magnitude >= threshold && magnitude > 0) {
        levels[i] = (byte) (weights[i] > 0 ? 1 : -1);
        kept += magnitude;
        count++;
      } else {
        levels[i] = 0;
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
