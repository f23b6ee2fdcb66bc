// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.benchmark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShape;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.parameters.uplink.UplinkPrecision;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.aggregation.FlatGather;
import org.bcgd.spark.aggregation.GradientReduction;
import org.bcgd.spark.aggregation.SlicedReduction;
import org.bcgd.spark.settings.Settings;

/**
 * What the two reductions cost, on a cluster of two executors that are processes of their own:
 * gradients are random and made beforehand, so that nothing but Spark, encoding and adding is
 * measured. Prints, for each network, number of shards and precision, the median milliseconds of
 * both ways and the bytes that Spark counted in a step.
 */
public final class ReductionBenchmark {

  private static final int ROUNDS = 9;
  private static final int ROUNDS_OF_LARGE = 3;

  private final JavaSparkContext spark;
  private final WireCounter counter = new WireCounter();
  private int jobs; // one a step

  private ReductionBenchmark(JavaSparkContext spark) {
    this.spark = spark;
    spark.sc().addSparkListener(counter);
  }

  /**
   * @param arguments lines of architecture:shards:precision:flat|sliced
   */
  public static void main(String[] arguments) throws InterruptedException {
    SparkConf conf =
        new SparkConf()
            .setMaster("local-cluster[2,1,3072]")
            .setAppName("reduction benchmark")
            .set("spark.ui.enabled", "false")
            .set("spark.executor.memory", "3g")
            .set("spark.driver.maxResultSize", "3g")
            .set("spark.broadcast.compress", "false")
            .set("spark.broadcast.blockSize", "256k")
            .set("spark.task.maxDirectResultSize", "16m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      ReductionBenchmark benchmark = new ReductionBenchmark(spark);
      for (String line : arguments) {
        String[] parts = line.split(":");
        benchmark.print(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3]);
      }
    }
  }

  private void print(String architecture, int shards, String precision, String way)
      throws InterruptedException {
    Settings settings = settings(architecture);
    NetworkDefinition network = settings.network(file -> file);
    GradientEncoding encoding =
        GradientEncoding.of(
            UplinkPrecision.valueOf(precision.toUpperCase(Locale.ROOT)), network.layout());
    GradientReduction reduction =
        way.equals("flat")
            ? new FlatGather(encoding)
            : new SlicedReduction(encoding, Math.min(shards, 64));
    PackedSnapshot packed = packed(settings, network);
    int values = network.layout().size();
    JavaRDD<Integer> numbers =
        spark.parallelize(IntStream.range(0, shards).boxed().toList(), shards);
    int rounds = values > 5_000_000 ? ROUNDS_OF_LARGE : ROUNDS;
    double[] seconds = new double[rounds];
    step(numbers, packed, reduction, values);
    WireCounter.Bytes before = counter.bytesOf(jobs);
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      step(numbers, packed, reduction, values);
      seconds[round] = (System.nanoTime() - start) / 1e9;
    }
    WireCounter.Bytes moved = counter.bytesOf(jobs).minus(before);
    Arrays.sort(seconds);
    System.out.printf(
        "%s, %d shards, %s, %s: %.0f ms; a step: %.3f MB down (%.3f packed, to 2 executors),"
            + " %.3f MB shuffled, %.3f MB up; model %.3f shuffled, %.3f up; %d tasks%n",
        architecture,
        shards,
        precision,
        way,
        1e3 * seconds[rounds / 2],
        moved.down() / 1e6 / rounds,
        packed.size() / 1e6,
        moved.shuffled() / 1e6 / rounds,
        moved.up() / 1e6 / rounds,
        way.equals("flat") ? 0 : shards * encoding.bytes() / 1e6,
        reduction.bytesToDriver(shards) / 1e6,
        moved.tasks() / rounds);
  }

  private void step(
      JavaRDD<Integer> numbers, PackedSnapshot packed, GradientReduction reduction, int values) {
    Broadcast<PackedSnapshot> weights = spark.broadcast(packed);
    reduction.reduce(
        numbers,
        (BiFunction<Integer, Iterator<Integer>, GradientSum> & Serializable)
            (shard, partition) -> gradient(partition, weights, values),
        RandomKey.of(1));
    weights.destroy();
    jobs++;
  }

  private static GradientSum gradient(
      Iterator<Integer> shard, Broadcast<PackedSnapshot> weights, int values) {
    float[] sums = Drawn.values(values);
    int samples = shard.next() + weights.value().size();
    return new GradientSum(sums, 0, 0, samples, 1);
  }

  /** Numbers that are drawn once in a JVM. */
  private static final class Drawn {
    private static float[] values = new float[0];

    static synchronized float[] values(int count) {
      if (values.length != count) {
        RandomGenerator random = RandomKey.of(5).generator();
        values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = random.nextFloat() - 0.5f;
        }
      }
      return values;
    }
  }

  private static PackedSnapshot packed(Settings settings, NetworkDefinition network) {
    BlendedCoarseGradientDescent descent =
        new BlendedCoarseGradientDescent(
            network.layout(), settings.weights().precision(), settings.descent(), 1);
    return PackedSnapshot.of(
        descent.gradientPoint(MasterState.start(InitialWeights.draw(network.layout(), 1))));
  }

  private static Settings settings(String architecture) {
    boolean large = architecture.equals("resnet18");
    ImageShape shape = large ? new ImageShape(3, 224, 224) : new ImageShape(3, 32, 32);
    List<String> overrides = new ArrayList<>();
    overrides.add("network.architecture=" + architecture);
    overrides.add("network.classes=" + (large ? 1000 : 10));
    overrides.add("input.height=" + shape.height());
    overrides.add("input.width=" + shape.width());
    return Settings.parse(SETTINGS, "benchmark", overrides);
  }

  private static final String SETTINGS =
      """
      name = benchmark
      run.folder = unused
      input { channels = 3, mean = [0.5, 0.5, 0.5], deviation = [1, 1, 1] }
      training { epochs = 1, batch-size = 128, learning-rate.initial = 0.01 }
      """;
}
