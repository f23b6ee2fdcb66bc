// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedChunksTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 4", "0, 16384", "7, 16391", "7, 16392", "11, 200000"})
  void everyIndexIsVisitedOnce(int from, int to) {
    int[] visits = new int[200_001];
    FixedChunks.forEach(
        from,
        to,
        (first, end) -> {
          for (int i = first; i < end; i++) {
            visits[i]++;
          }
        });
    for (int i = 0; i < visits.length; i++) {
      assertThat(visits[i]).isEqualTo(i >= from && i < to ? 1 : 0);
    }
  }

  @Test
  void aSumHasTheSameBitsOnAnyNumberOfThreads() throws Exception {
    RandomGenerator random = RandomKey.of(1).generator();
    double[] values = random.doubles(1_000_000).toArray();
    double alone = sum(values, 1);
    for (int threads = 2; threads <= 5; threads++) {
      assertThat(sum(values, threads)).isEqualTo(alone);
    }
  }

  private static double sum(double[] values, int threads) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> FixedChunks.sum(0, values.length, (a, b) -> plain(values, a, b)))
          .get();
    } finally {
      pool.shutdown();
    }
  }

  private static double plain(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }
}
