// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import java.util.Arrays;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.Rounding;

/**
 * The resolution at which a staircase is nearest to given values in the least-squares sense.
 *
 * <pre>
 *   E(α) = Σ over x > 0 of (x − σ(x, α))² = Σx² − 2α Σₖ k Sₖ + α² Σₖ k² Nₖ
 *   Nₖ, Sₖ: number and sum of the values whose code is k
 * </pre>
 *
 * <p>The values are sorted once and their sums accumulated, so that an evaluation costs one binary
 * search for each level, however many values there are. E has many local minima on real data: a
 * geometric grid finds the valley, a golden-section search its bottom.
 */
final class StaircaseFit {

  private static final int OCTAVES_BELOW_MAXIMUM = 10;
  private static final int STEPS_PER_OCTAVE = 8;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int GOLDEN_STEPS = 32;

  private final float[] sorted; // the positive values, ascending
  private final double[] sums; // [sorted.length + 1], sums[i] = Σ of the first i
  private final int levels;
  private final double threshold; // where code 1 begins, in units of α

  StaircaseFit(float[] values, ActivationQuantizer quantizer) {
    this.sorted = ascendingPositives(values);
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no positive value to fit a resolution to");
    }
    this.sums = new double[sorted.length + 1];
    for (int i = 0; i < sorted.length; i++) {
      sums[i + 1] = sums[i] + sorted[i];
    }
    this.levels = quantizer.levels();
    this.threshold = quantizer.rounding() == Rounding.UP ? 0 : 0.5;
  }

  private static float[] ascendingPositives(float[] values) {
    float[] sorted = new float[values.length];
    int count = 0;
    for (float value : values) {
      if (value > 0) {
        sorted[count++] = value;
      }
    }
    Arrays.sort(sorted, 0, count);
    return Arrays.copyOf(sorted, count);
  }

  float bestResolution() {
    double ratio = Math.pow(2, 1.0 / STEPS_PER_OCTAVE);
    double resolution = 2.0 * sorted[sorted.length - 1] / levels;
    double best = resolution;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= (OCTAVES_BELOW_MAXIMUM + 1) * STEPS_PER_OCTAVE; i++) {
      double error = error(resolution);
      if (error < least) {
        least = error;
        best = resolution;
      }
      resolution /= ratio;
    }
    return (float) goldenSection(best / ratio, best * ratio);
  }

  private double goldenSection(double from, double to) {
    double low = from;
    double high = to;
    for (int i = 0; i < GOLDEN_STEPS; i++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (error(left) <= error(right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return (low + high) / 2;
  }

  /** E(α) without the constant Σx². */
  double error(double resolution) {
    double error = 0;
    int from = firstAbove(threshold * resolution);
    for (int k = 1; k <= levels && from < sorted.length; k++) {
      int to = k == levels ? sorted.length : firstAbove((k + threshold) * resolution);
      double height = k * resolution;
      error += height * (height * (to - from) - 2 * (sums[to] - sums[from]));
      from = to;
    }
    return error;
  }

  /** Index of the first value greater than {@code bound}. */
  private int firstAbove(double bound) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] > bound) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
