// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.crew;

/**
 * Sums of which every thread makes a part. The parts are added in the order of the threads, so that
 * the same parts give the same bits.
 */
public final class ThreadSums {

  private final double[][] parts; // [threads, length]

  public ThreadSums(int threads, int length) {
    this.parts = new double[threads][length];
  }

  public int length() {
    return parts[0].length;
  }

  /** The part of one thread, for it to fill. */
  public double[] part(int thread) {
    return parts[thread];
  }

  public double total(int index) {
    double sum = 0;
    for (double[] part : parts) {
      sum += part[index];
    }
    return sum;
  }
}
