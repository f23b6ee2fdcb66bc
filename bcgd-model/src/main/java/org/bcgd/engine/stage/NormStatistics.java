// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.stage;

import org.bcgd.engine.crew.ThreadSums;

/**
 * What the threads tell each other of one batch norm: each fills its own part before they meet, and
 * reads the totals after it.
 */
public final class NormStatistics {

  private final long[] counts; // [threads], pixels
  private final ThreadSums means; // of the part's sums
  private final ThreadSums squares; // Σ (acc − mean of the part)²
  private final ThreadSums gradients; // Σ ∂ℓ/∂y
  private final ThreadSums products; // Σ ∂ℓ/∂y · (acc − mean)

  public NormStatistics(int threads, int channels) {
    this.counts = new long[threads];
    this.means = new ThreadSums(threads, channels);
    this.squares = new ThreadSums(threads, channels);
    this.gradients = new ThreadSums(threads, channels);
    this.products = new ThreadSums(threads, channels);
  }

  void count(int thread, long pixels) {
    counts[thread] = pixels;
  }

  double[] means(int thread) {
    return means.part(thread);
  }

  double[] squares(int thread) {
    return squares.part(thread);
  }

  double[] gradients(int thread) {
    return gradients.part(thread);
  }

  double[] products(int thread) {
    return products.part(thread);
  }

  /** Pixels of the batch. */
  long count() {
    long count = 0;
    for (long part : counts) {
      count += part;
    }
    return count;
  }

  double mean(int channel) {
    double sum = 0;
    for (int t = 0; t < counts.length; t++) {
      sum += counts[t] * means.part(t)[channel];
    }
    return sum / count();
  }

  /** Biased variance; the parts are joined by the formula of Chan et al. 1979. */
  double variance(int channel) {
    double mean = mean(channel);
    double sum = squares.total(channel);
    for (int t = 0; t < counts.length; t++) {
      double shift = means.part(t)[channel] - mean;
      sum += counts[t] * shift * shift;
    }
    return sum / count();
  }

  double gradient(int channel) {
    return gradients.total(channel);
  }

  double product(int channel) {
    return products.total(channel);
  }
}
