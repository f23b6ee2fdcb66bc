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
import org.apache.commons.io.FileUtils;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.ImageShape;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.run.DatasetImages;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;

/**
 * A whole distributed step against the engine's own time for the same work: a training on local
 * Spark with a core for each shard, which is held after every ten steps while {@link EngineAlone}
 * takes as many, so that a machine whose speed drifts is as fast for both.
 *
 * <pre>
 *   step = (end of step 10·k + 10 − start of step 10·k + 1) / 10
 * </pre>
 *
 * so that all that a step costs is in it, its log and metrics and what is between steps included.
 * Spark's settings are those of the launcher; start it in the root of the project, with the
 * launcher's options for Java.
 */
public final class DistributedStepBenchmark {

  private static final ImageShape IMAGE = new ImageShape(3, 32, 32);
  private static final int STEPS_PER_EPOCH = 200;
  private static final int WARM_UP = 1000; // steps that are not counted: Java compiles them
  private static final int TURN = 10; // steps

  private final EngineAlone engine;
  private final List<StepMetrics> metrics = new ArrayList<>();
  private final DescriptiveStatistics own = new DescriptiveStatistics(); // ms of a step, by turn
  private final DescriptiveStatistics distributed = new DescriptiveStatistics();
  private final DescriptiveStatistics ratio = new DescriptiveStatistics();
  private long steps;
  private long turnStarted;

  private DistributedStepBenchmark(EngineAlone engine) {
    this.engine = engine;
  }

  /**
   * Prints quartiles and means over the turns.
   *
   * @param arguments architecture, images of a step, shards, turns (20 or more at a time: whole
   *     epochs), then settings as key=value
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("step-benchmark");
    int batch = Integer.parseInt(arguments[1]);
    int turns = Integer.parseInt(arguments[3]);
    RandomCifar.write(folder, STEPS_PER_EPOCH * batch);
    List<String> overrides = new ArrayList<>();
    overrides.add("network.architecture=" + arguments[0]);
    overrides.add("training.batch-size=" + batch);
    overrides.add("training.epochs=" + -Math.floorDiv(-(WARM_UP + turns * TURN), STEPS_PER_EPOCH));
    overrides.add("dataset.shards=" + arguments[2]);
    overrides.add("dataset.path=" + folder);
    overrides.add("run.folder=" + folder.resolve("run"));
    overrides.addAll(Arrays.asList(arguments).subList(4, arguments.length));
    Settings settings = Settings.parse(SETTINGS, "benchmark", overrides);
    try (EngineAlone engine = new EngineAlone(settings, IMAGE);
        JavaSparkContext spark = new JavaSparkContext(conf(settings.dataset().shards()))) {
      DistributedStepBenchmark benchmark = new DistributedStepBenchmark(engine);
      benchmark.run(spark, settings);
      benchmark.print();
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private static SparkConf conf(int shards) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + shards + "]")
            .setAppName("step benchmark")
            .set("spark.ui.enabled", "false");
    launcherSettings().forEach((name, value) -> conf.set(name.toString(), value.toString()));
    return conf;
  }

  /** What {@code deploy/bcgd} starts with: names, blanks and values. */
  private static Properties launcherSettings() throws IOException {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("conf", "spark-defaults.conf"))) {
      settings.load(file);
    }
    return settings;
  }

  private void run(JavaSparkContext spark, Settings settings) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    new TrainingRun(
            spark,
            settings,
            new DatasetImages(spark, settings),
            Map.of("bcgd", "benchmark"),
            nowhere,
            this::stepEnded)
        .execute(false);
  }

  /** Called by the driver between two steps, which therefore waits for what happens here. */
  private void stepEnded(StepMetrics step) {
    long now = System.nanoTime();
    steps++;
    if (steps > WARM_UP) {
      metrics.add(step);
    }
    if (steps % TURN == 0 && steps >= WARM_UP) {
      double alone = engineMilliseconds();
      if (steps > WARM_UP) {
        double whole = (now - turnStarted) / 1e6 / TURN;
        own.addValue(alone);
        distributed.addValue(whole);
        ratio.addValue(whole / alone);
      }
      turnStarted = System.nanoTime();
    }
  }

  private double engineMilliseconds() {
    engine.step(); // the caches are Spark's
    long start = System.nanoTime();
    for (int step = 0; step < TURN; step++) {
      engine.step();
    }
    return (System.nanoTime() - start) / 1e6 / TURN;
  }

  private void print() {
    System.out.printf("%d turns of %d steps each, in ms%n", own.getN(), TURN);
    System.out.printf("%-12s %8s %8s %8s %8s%n", "", "quarter", "median", "quarter", "mean");
    print("engine", own);
    print("step", distributed);
    print("ratio", ratio);
    double left = distributed.getMean();
    StringBuilder line = new StringBuilder();
    for (Phase phase : Phase.values()) {
      double mean =
          1e3
              * metrics.stream()
                  .mapToDouble(step -> step.seconds().getOrDefault(phase, 0.0))
                  .average()
                  .orElseThrow();
      if (mean > 0) {
        line.append("%s %.2f  ".formatted(phase.name().toLowerCase(Locale.ROOT), mean));
      }
      left -= mean;
    }
    System.out.println(line + "besides %.2f".formatted(left));
  }

  private static void print(String name, DescriptiveStatistics of) {
    System.out.printf(
        "%-12s %8.3f %8.3f %8.3f %8.3f%n",
        name, of.getPercentile(25), of.getPercentile(50), of.getPercentile(75), of.getMean());
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
