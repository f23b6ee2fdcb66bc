// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;

/** A training of seconds: LeNet-5 1W4A on 400 images in 4 shards, 2 epochs of 10 steps. */
public record TinyRun(Path folder, List<String> overrides) {

  /** Its settings; every test needs a run folder of its own. */
  public static final String SETTINGS =
      """
      name = tiny
      dataset { format = fashion-mnist-sample, shards = 4, training-limit = 400, evaluation-limit = 200 }
      input { channels = 1, height = 28, width = 28, mean = [0.286], deviation = [0.353]
              augmentation = pad-crop-flip }
      network { architecture = lenet5, classes = 10 }
      training { epochs = 2, batch-size = 40, learning-rate { initial = 0.01, schedule = cosine } }
      evaluation.batch-size = 50
      """;

  public static TinyRun in(Path folder, String... overrides) {
    return new TinyRun(folder, List.of(overrides));
  }

  /** The same with one more setting. */
  public TinyRun with(String override) {
    List<String> all = new ArrayList<>(overrides);
    all.add(override);
    return new TinyRun(folder, all);
  }

  public Settings settings() {
    List<String> all = new ArrayList<>(List.of("run.folder=" + folder));
    all.addAll(overrides);
    return Settings.parse(SETTINGS, "tiny", all);
  }

  /** Trains on a Spark with that master, and returns how it ended. */
  public Result on(String master) {
    return on(new SparkConf().setMaster(master));
  }

  /** Trains on a Spark of that configuration, and returns how it ended. */
  public Result on(SparkConf conf) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    try (JavaSparkContext spark = new JavaSparkContext(conf.setAppName("tiny"))) {
      return new TrainingRun(spark, settings(), Map.of("bcgd", "test"), out).execute(false);
    }
  }

  /** The newest checkpoint it left. */
  public Checkpoint checkpoint() {
    return RunFolder.checkpoint(folder.toString(), new Configuration());
  }
}
