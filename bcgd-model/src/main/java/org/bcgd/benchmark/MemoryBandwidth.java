// SPDX-License-Identifier: Apache-2.0
package org.bcgd.benchmark;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How fast threads copy memory. */
final class MemoryBandwidth {

  /** Floats of a block: 24 MiB, far beyond what a core caches by itself. */
  private static final int LENGTH = 6 << 20;

  private static final int REPEATS = 15;

  private MemoryBandwidth() {}

  /** Bytes read and written in a second by so many threads at once; the median of some copies. */
  static double measure(int threads) {
    float[][] from = new float[threads][LENGTH];
    float[][] to = new float[threads][LENGTH];
    double[] seconds = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      IntStream.range(0, threads)
          .parallel()
          .forEach(thread -> System.arraycopy(from[thread], 0, to[thread], 0, LENGTH));
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return 2.0 * threads * LENGTH * Float.BYTES / seconds[REPEATS / 2];
  }
}
