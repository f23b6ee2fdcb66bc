// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parallel;

import java.util.stream.IntStream;

/**
 * A range of indices in chunks of one fixed length, shared out to all cores. Since chunks depend on
 * the range only, and their sums are added from first to last, results are the same bits on any
 * number of cores.
 */
public final class FixedChunks {

  /** Indices of a chunk: 64 KiB of floats, which stay in a core's cache between two loops. */
  static final int LENGTH = 1 << 14;

  private FixedChunks() {}

  /** What is done with the indices from..to−1. */
  @FunctionalInterface
  public interface Range {
    void accept(int from, int to);
  }

  /** What the indices from..to−1 add to a sum. */
  @FunctionalInterface
  public interface RangeSum {
    double of(int from, int to);
  }

  /** Does {@code body} for every chunk of from..to−1, in any order and at the same time. */
  public static void forEach(int from, int to, Range body) {
    int chunks = chunks(from, to);
    if (chunks == 1) {
      body.accept(from, to);
    } else {
      IntStream.range(0, chunks)
          .parallel()
          .forEach(c -> body.accept(start(from, c), Math.min(start(from, c + 1), to)));
    }
  }

  /** The sum over every chunk of from..to−1, added from the first chunk to the last. */
  public static double sum(int from, int to, RangeSum term) {
    double[] terms = new double[chunks(from, to)];
    forEach(from, to, (first, end) -> terms[(first - from) / LENGTH] = term.of(first, end));
    double sum = 0;
    for (double each : terms) {
      sum += each;
    }
    return sum;
  }

  private static int chunks(int from, int to) {
    return Math.max(1, (to - from + LENGTH - 1) / LENGTH);
  }

  private static int start(int from, int chunk) {
    return from + chunk * LENGTH;
  }
}
