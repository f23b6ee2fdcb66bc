// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.uplink.Float32Encoding;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostShuffleFileTest {

  private static final int SHARDS = 4;
  private static final AtomicInteger COMPUTED = new AtomicInteger();
  private static final AtomicBoolean DELETED = new AtomicBoolean();

  @TempDir static Path directory;

  /** On one core shards come one after the other: the last deletes what the first has written. */
  @Test
  void isComputedAgainAndLeavesTheBitsAlone() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1,4]")
            .setAppName("lost shuffle file")
            .set("spark.local.dir", directory.toString());
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      JavaRDD<Integer> shards =
          spark.parallelize(IntStream.range(0, SHARDS).boxed().toList(), SHARDS);
      ReducedGradient reduced =
          new SlicedReduction(new Float32Encoding(SHARDS), 2)
              .reduce(
                  shards,
                  (BiFunction<Integer, Iterator<Integer>, GradientSum> & Serializable)
                      (shard, partition) -> gradient(shard),
                  RandomKey.of(1));

      assertThat(DELETED).isTrue();
      assertThat(COMPUTED.get()).as("shards computed").isGreaterThan(SHARDS);
      assertThat(reduced.sum().sums()).containsExactly(10, 20, 30, 40);
      assertThat(reduced.sum().samples()).isEqualTo(SHARDS);
    }
  }

  private static GradientSum gradient(int shard) {
    COMPUTED.incrementAndGet();
    if (shard == SHARDS - 1 && DELETED.compareAndSet(false, true)) {
      files().forEach(LostShuffleFileTest::delete);
    }
    float factor = shard + 1;
    return new GradientSum(new float[] {factor, 2 * factor, 3 * factor, 4 * factor}, 0, 0, 1, 1);
  }

  private static List<Path> files() {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> data =
          all.filter(file -> file.getFileName().toString().startsWith("shuffle_")).toList();
      assertThat(data).isNotEmpty();
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
