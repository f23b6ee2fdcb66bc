// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.sampling;

import java.io.Serializable;
import java.util.List;

/**
 * Sums over samples of some quantities and of their squares. A final class of plain fields, because
 * it crosses the Spark wire.
 */
public final class SampleMoments implements Serializable {

  private static final long serialVersionUID = 1;

  private long count;
  private final double[] sums; // [quantities]
  private final double[] squares; // [quantities]

  private SampleMoments(int size) {
    sums = new double[size];
    squares = new double[size];
  }

  /** The samples from..to−1, added in that order. */
  public static SampleMoments of(SampleFunction function, long from, long to) {
    SampleMoments moments = new SampleMoments(function.size());
    double[] values = new double[function.size()];
    for (long sample = from; sample < to; sample++) {
      function.at(sample, values);
      for (int i = 0; i < values.length; i++) {
        moments.sums[i] += values[i];
        moments.squares[i] += values[i] * values[i];
      }
    }
    moments.count = to - from;
    return moments;
  }

  /** The sum of parts, added from first to last. */
  public static SampleMoments sum(List<SampleMoments> parts) {
    SampleMoments sum = new SampleMoments(parts.get(0).sums.length);
    for (SampleMoments part : parts) {
      sum.count += part.count;
      for (int i = 0; i < sum.sums.length; i++) {
        sum.sums[i] += part.sums[i];
        sum.squares[i] += part.squares[i];
      }
    }
    return sum;
  }

  /** Number of samples. */
  public long count() {
    return count;
  }

  /** The mean of quantity {@code i}. */
  public double mean(int i) {
    return sums[i] / count;
  }

  /** The unbiased variance of quantity {@code i}; NaN for one sample. */
  public double variance(int i) {
    return Math.max(0, squares[i] - sums[i] * sums[i] / count) / (count - 1);
  }

  /** The standard error of the mean of quantity {@code i}. */
  public double standardError(int i) {
    return Math.sqrt(variance(i) / count);
  }
}
