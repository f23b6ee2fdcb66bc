// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.engine.EngineSettings;
import org.bcgd.engine.GradientPrecision;
import org.bcgd.engine.OneDnnNetwork;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.run.DatasetImages;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;

/**
 * A whole distributed step against the engine's own time for the same work: local Spark with a core
 * for each shard, and as many threads, each with a network of its own and a shard's images, that
 * wait for each other after each step. The two take turns.
 *
 * <pre>
 *   step = (end of step 400 − end of step 320) / 80
 * </pre>
 *
 * so that all that a step costs is in it, its log and metrics and what is between steps included.
 * The engine's time has no augmentation, update, projection or packing in it. Spark's settings are
 * those of the launcher; start it in the root of the project, with the launcher's options for Java.
 */
public final class DistributedStepBenchmark {

  private static final ImageShape IMAGE = new ImageShape(3, 32, 32);
  private static final int WARM_UP_EPOCHS = 2; // of all steps, for Java's compiler
  private static final int FIRST =
      320; // steps that are not counted: Java compiles some of each run anew
  private static final int COUNTED = 80;

  private final Settings settings;
  private final NetworkDefinition network;
  private final WeightSnapshot weights;
  private final int shards;
  private final int images; // of a shard

  private DistributedStepBenchmark(Settings settings) {
    this.settings = settings;
    this.network = settings.network(file -> file);
    this.shards = settings.dataset().shards();
    this.images = settings.training().batchSize() / shards;
    float[] start = InitialWeights.draw(network.layout(), 1);
    network
        .layout()
        .withRole(ParameterRole.RESOLUTION)
        .forEach(slice -> start[slice.offset()] = 0.2f);
    this.weights =
        new BlendedCoarseGradientDescent(
                network.layout(), settings.weights().precision(), settings.descent(), 1)
            .gradientPoint(MasterState.start(start));
  }

  /**
   * Prints a line a round.
   *
   * @param arguments architecture, images of a step, shards, rounds, then settings as key=value
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("step-benchmark");
    int batch = Integer.parseInt(arguments[1]);
    RandomCifar.write(folder, (FIRST + COUNTED) * batch);
    List<String> overrides = new ArrayList<>();
    overrides.add("network.architecture=" + arguments[0]);
    overrides.add("training.batch-size=" + batch);
    overrides.add("dataset.shards=" + arguments[2]);
    overrides.add("dataset.path=" + folder);
    overrides.addAll(Arrays.asList(arguments).subList(4, arguments.length));
    Settings settings = Settings.parse(SETTINGS, "benchmark", overrides);
    new DistributedStepBenchmark(settings).print(Integer.parseInt(arguments[3]), folder);
  }

  private void print(int rounds, Path folder) throws Exception {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + shards + "]")
            .setAppName("step benchmark")
            .set("spark.ui.enabled", "false");
    launcherSettings().forEach((name, value) -> conf.set(name.toString(), value.toString()));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      run(spark, folder.resolve("warm"), WARM_UP_EPOCHS);
      engine(30);
      for (int round = 0; round < rounds; round++) {
        double before = engine(30);
        Steps steps = run(spark, folder.resolve("round-" + round), 1);
        double own = (before + engine(30)) / 2;
        System.out.printf(
            "engine %.2f ms, distributed step %.2f ms (median %.2f), ratio %.3f; phases in ms: %s%n",
            1e3 * own,
            1e3 * steps.mean(),
            1e3 * steps.median(),
            steps.mean() / own,
            steps.phases());
      }
    }
  }

  /** What {@code deploy/bcgd} starts with: names, blanks and values. */
  private static Properties launcherSettings() throws IOException {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("conf", "spark-defaults.conf"))) {
      settings.load(file);
    }
    return settings;
  }

  private Steps run(JavaSparkContext spark, Path folder, int epochs) {
    Settings own =
        Settings.parse(
            settings.effective(),
            "benchmark",
            List.of("run.folder=" + folder, "training.epochs=" + epochs));
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Steps steps = new Steps();
    new TrainingRun(
            spark,
            own,
            new DatasetImages(spark, own),
            Map.of("bcgd", "benchmark"),
            nowhere,
            steps::add)
        .execute(false);
    return steps;
  }

  /** The steps of a run, of which the last ones count. */
  private static final class Steps {
    private final List<Long> ends = new ArrayList<>(); // nanoseconds
    private final List<StepMetrics> metrics = new ArrayList<>();

    void add(StepMetrics step) {
      ends.add(System.nanoTime());
      metrics.add(step);
    }

    double mean() {
      return Arrays.stream(seconds()).average().orElseThrow();
    }

    double median() {
      return Arrays.stream(seconds()).sorted().toArray()[COUNTED / 2];
    }

    /** Mean milliseconds of each phase, and what is left of a step. */
    String phases() {
      StringBuilder line = new StringBuilder();
      double left = 1e3 * mean();
      for (Phase phase : Phase.values()) {
        double mean =
            1e3
                * metrics.subList(FIRST, FIRST + COUNTED).stream()
                    .mapToDouble(step -> step.seconds().getOrDefault(phase, 0.0))
                    .average()
                    .orElseThrow();
        if (mean > 0) {
          line.append("%s %.2f  ".formatted(phase.name().toLowerCase(Locale.ROOT), mean));
        }
        left -= mean;
      }
      return line + "besides %.2f".formatted(left);
    }

    private double[] seconds() {
      return IntStream.range(FIRST, FIRST + COUNTED)
          .mapToDouble(step -> (ends.get(step) - ends.get(step - 1)) / 1e9)
          .toArray();
    }
  }

  /** Mean seconds of a step of the engine alone. */
  private double engine(int steps) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(shards + 1);
    List<Thread> threads = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      Thread thread = new Thread(() -> compute(barrier, steps));
      thread.start();
      threads.add(thread);
    }
    barrier.await(); // networks are compiled
    long start = System.nanoTime();
    for (int step = 0; step < steps; step++) {
      barrier.await();
      barrier.await();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    for (Thread thread : threads) {
      thread.join();
    }
    return seconds / steps;
  }

  private void compute(CyclicBarrier barrier, int steps) {
    GradientPrecision precision =
        settings.execution().gradientPrecision().orElseGet(GradientPrecision::fastest);
    float[] pixels = new float[images * IMAGE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 17 / 8f - 1;
    }
    Batch batch = new Batch(IMAGE, pixels, new int[images]);
    try (OneDnnNetwork own = new OneDnnNetwork(network, new EngineSettings(1, precision))) {
      own.gradient(weights, batch);
      barrier.await();
      for (int step = 0; step < steps; step++) {
        barrier.await();
        own.gradient(weights, batch);
        barrier.await();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String SETTINGS =
      """
      name = benchmark
      run { folder = unset, keep-checkpoints = 1 }
      dataset.format = cifar10
      input { channels = 3, height = 32, width = 32, mean = [0.49, 0.48, 0.45]
              deviation = [0.25, 0.24, 0.26], augmentation = pad-crop-flip }
      network.classes = 10
      training { epochs = 1, learning-rate.initial = 0.01 }
      evaluation.every-epochs = 1000
      """;
}
