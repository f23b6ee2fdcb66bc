// SPDX-License-Identifier: Apache-2.0
package org.bcgd.benchmark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How fast threads copy memory. */
final class MemoryBandwidth {

  /** Bytes of a block, far beyond what a core caches by itself. */
  private static final int LENGTH = 24 << 20;

  private static final int REPEATS = 15;

  private MemoryBandwidth() {}

  /** Bytes read and written in a second by so many threads at once; the median of some copies. */
  static double measure(int threads) {
    List<ByteBuffer> from = blocks(threads);
    List<ByteBuffer> to = blocks(threads);
    double[] seconds = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      IntStream.range(0, threads)
          .parallel()
          .forEach(thread -> to.get(thread).put(0, from.get(thread), 0, LENGTH));
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return 2.0 * threads * LENGTH / seconds[REPEATS / 2];
  }

  /** Outside of the heap, which may be no larger than a training needs. */
  private static List<ByteBuffer> blocks(int count) {
    return Stream.generate(() -> ByteBuffer.allocateDirect(LENGTH)).limit(count).toList();
  }
}
