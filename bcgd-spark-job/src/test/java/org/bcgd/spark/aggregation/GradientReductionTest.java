// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.uplink.Float32Encoding;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.parameters.uplink.UplinkPrecision;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.settings.AggregationSettings;
import org.bcgd.spark.settings.AggregationSettings.LocalMomentum;
import org.bcgd.spark.settings.AggregationSettings.Reduction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientReductionTest {

  private static final int VALUES = 1003;
  private static final int SHARDS = 5;
  private static final RandomKey KEY = RandomKey.of(1);
  private static final BiFunction<Integer, Iterator<GradientSum>, GradientSum> TAKEN =
      (BiFunction<Integer, Iterator<GradientSum>, GradientSum> & Serializable)
          (shard, gradients) -> gradients.next();
  private static final GradientEncoding FLOAT32 = new Float32Encoding(VALUES);

  @TempDir static Path directory;

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("reduction")
                .set("spark.local.dir", directory.toString()));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void theFlatSumIsTheOneTakenByHand() {
    assertThat(new FlatGather(FLOAT32).reduce(gradients(), TAKEN, KEY).sum().sums())
        .containsExactly(sumByHand());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 64})
  void slicesGiveTheSameBits(int slices) {
    ReducedGradient reduced = new SlicedReduction(FLOAT32, slices).reduce(gradients(), TAKEN, KEY);
    assertThat(reduced.sum().sums()).containsExactly(sumByHand());
  }

  @ParameterizedTest
  @EnumSource(UplinkPrecision.class)
  void bothWaysGiveTheSameBitsInEveryPrecision(UplinkPrecision precision) {
    GradientEncoding encoding = encoding(precision);
    assertThat(new SlicedReduction(encoding, 3).reduce(gradients(), TAKEN, KEY).sum().sums())
        .containsExactly(new FlatGather(encoding).reduce(gradients(), TAKEN, KEY).sum().sums());
  }

  @Test
  void theOrderOfTheSumIsTheOrderOfTheShards() {
    GradientSum large = new GradientSum(new float[] {1e8f}, 0, 0, 1, 1);
    GradientSum minus = new GradientSum(new float[] {-1e8f}, 0, 0, 1, 1);
    GradientSum small = new GradientSum(new float[] {1}, 0, 0, 1, 1);
    for (GradientReduction reduction :
        List.of(
            new FlatGather(new Float32Encoding(1)),
            new SlicedReduction(new Float32Encoding(1), 1))) {
      assertThat(sum(reduction, large, minus, small)).containsExactly(1f);
      assertThat(sum(reduction, large, small, minus)).containsExactly(0f);
    }
    assertThat(large.sums()).containsExactly(1e8f);
  }

  @Test
  void figuresOfTheShardsAddUp() {
    for (GradientReduction reduction :
        List.of(
            new FlatGather(encoding(UplinkPrecision.BFLOAT16)),
            new SlicedReduction(encoding(UplinkPrecision.BFLOAT16), 2))) {
      GradientSum sum = reduction.reduce(gradients(), TAKEN, KEY).sum();
      assertThat(sum.samples()).isEqualTo(10 + 11 + 12 + 13 + 14);
      assertThat(sum.correct()).isEqualTo(0 + 1 + 2 + 3 + 4);
      assertThat(sum.loss()).isEqualTo(0.5 + 1.5 + 2.5 + 3.5 + 4.5);
      assertThat(sum.minibatches()).isEqualTo(SHARDS);
    }
  }

  @Test
  void theShardWhoseGradientIsNotFiniteIsKnown() {
    List<GradientSum> parts = parts();
    parts.get(3).sums()[VALUES - 1] = Float.NaN;
    JavaRDD<GradientSum> gradients = spark.parallelize(parts, SHARDS);
    for (GradientReduction reduction :
        List.of(new FlatGather(FLOAT32), new SlicedReduction(FLOAT32, 4))) {
      assertThat(reduction.reduce(gradients, TAKEN, KEY).shards())
          .filteredOn(shard -> !shard.isFinite())
          .extracting(ShardFigures::shard)
          .containsExactly(3);
    }
  }

  @Test
  void aQuorumThatAllReachIsAFlatGather() {
    QuorumGather all = new QuorumGather(FLOAT32, SHARDS, Duration.ZERO);
    ReducedGradient reduced = all.reduce(gradients(), TAKEN, KEY);
    assertThat(reduced.sum().sums()).containsExactly(sumByHand());
    assertThat(reduced.missing()).isEmpty();
  }

  /** On two cores: the first shard takes one of them and sleeps, the others share the second. */
  @Test
  void aStepWaitsForNoMoreThanItsQuorumAndTheTimeOfGrace() {
    JavaRDD<GradientSum> straggling =
        gradients().mapPartitionsWithIndex(GradientReductionTest::straggle, true);
    long start = System.nanoTime();
    ReducedGradient reduced =
        new QuorumGather(FLOAT32, SHARDS - 1, Duration.ofMillis(50)).reduce(straggling, TAKEN, KEY);
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(25));
    assertThat(reduced.missing()).containsExactly(0);
    assertThat(reduced.sum().samples()).isEqualTo(11 + 12 + 13 + 14);
    assertThat(reduced.sum().sums()[7])
        .isEqualTo(
            parts().get(1).sums()[7]
                + parts().get(2).sums()[7]
                + parts().get(3).sums()[7]
                + parts().get(4).sums()[7]);
  }

  @Test
  void aShardThatFailsBeforeTheQuorumEndsTheStep() {
    JavaRDD<GradientSum> failing =
        gradients()
            .map(
                part -> {
                  throw new IllegalStateException("on purpose");
                });
    assertThatThrownBy(
            () -> new QuorumGather(FLOAT32, 5, Duration.ZERO).reduce(failing, TAKEN, KEY))
        .hasStackTraceContaining("on purpose");
  }

  private static Iterator<GradientSum> straggle(int shard, Iterator<GradientSum> part) {
    if (shard == 0) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(30));
    }
    return part;
  }

  @Test
  void theFilesOfAStepAreGoneAfterIt() throws Exception {
    SlicedReduction reduction = new SlicedReduction(FLOAT32, 4);
    for (int step = 0; step < 5; step++) {
      reduction.reduce(gradients(), TAKEN, KEY);
    }
    // Spark deletes them in a thread of its own.
    await(() -> shuffleFiles(directory.toFile()) == 0);
  }

  @Test
  void fewBytesAreGatheredAndManyAreSliced() {
    AggregationSettings auto =
        new AggregationSettings(
            UplinkPrecision.FLOAT32,
            Reduction.AUTO,
            1,
            1,
            LocalMomentum.AVERAGED,
            Optional.empty(),
            1);
    assertThat(ReductionChoice.of(auto, 2, layout(270_000))).isInstanceOf(FlatGather.class);
    assertThat(ReductionChoice.of(auto, 2, layout(11_700_000))).isInstanceOf(SlicedReduction.class);
    assertThat(ReductionChoice.of(auto, 64, layout(270_000))).isInstanceOf(SlicedReduction.class);
    assertThat(new SlicedReduction(encoding(UplinkPrecision.INT8), 64).bytesToDriver(256))
        .isEqualTo(4L * VALUES);
  }

  private static GradientEncoding encoding(UplinkPrecision precision) {
    return GradientEncoding.of(precision, layout(VALUES - 3));
  }

  /** A layer of so many weights with three biases. */
  private static ParameterLayout layout(int weights) {
    return new ParameterLayout(
        List.of(
            new ParameterSlice("fc/W", ParameterRole.WEIGHT, 0, List.of(weights)),
            new ParameterSlice("fc/b", ParameterRole.BIAS, weights, List.of(3))));
  }

  /** Files may go while they are counted. */
  private static long shuffleFiles(File folder) {
    File[] inside = Objects.requireNonNullElse(folder.listFiles(), new File[0]);
    return Arrays.stream(inside)
        .mapToLong(file -> file.getName().startsWith("shuffle_") ? 1 : shuffleFiles(file))
        .sum();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("the files are still there").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static float[] sum(GradientReduction reduction, GradientSum... shards) {
    return reduction
        .reduce(spark.parallelize(List.of(shards), shards.length), TAKEN, KEY)
        .sum()
        .sums();
  }

  private static JavaRDD<GradientSum> gradients() {
    return spark.parallelize(parts(), SHARDS);
  }

  private static List<GradientSum> parts() {
    List<GradientSum> parts = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      RandomGenerator random = RandomKey.of(9).with(shard).generator();
      float[] values = new float[VALUES];
      for (int i = 0; i < VALUES; i++) {
        values[i] = (float) random.nextGaussian();
      }
      parts.add(new GradientSum(values, shard + 0.5, shard, 10 + shard, 1));
    }
    return parts;
  }

  private static float[] sumByHand() {
    List<GradientSum> parts = parts();
    float[] sums = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      sums[i] =
          parts.get(0).sums()[i]
              + parts.get(1).sums()[i]
              + parts.get(2).sums()[i]
              + parts.get(3).sums()[i]
              + parts.get(4).sums()[i];
    }
    return sums;
  }
}
