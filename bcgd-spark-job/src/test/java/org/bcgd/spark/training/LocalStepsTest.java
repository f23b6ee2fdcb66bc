// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.data.Offset;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule.Minibatch;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.engine.EngineSettings;
import org.bcgd.engine.GradientPrecision;
import org.bcgd.engine.OneDnnNetwork;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.Metrics;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalStepsTest {

  private static final Offset<Float> ROUNDING = within(2e-6f);

  @TempDir Path directory;

  @Test
  void ofOneShardGiveTheBitsOfTheGradientMode() {
    Checkpoint gradients = train("gradients", "dataset.shards=1", "training.epochs=1");
    Checkpoint local =
        train(
            "local", "dataset.shards=1", "training.epochs=1", "aggregation.averaging-frequency=4");

    assertThat(local.state().weights()).containsExactly(gradients.state().weights());
    assertThat(local.state().momentum()).containsExactly(gradients.state().momentum());
    assertThat(local.state().step()).isEqualTo(gradients.state().step());
  }

  @Test
  void averagingOnceAStepIsTheGradientMode() {
    assertThat(train("said", "training.epochs=1", "aggregation.averaging-frequency=1").state())
        .usingRecursiveComparison()
        .isEqualTo(train("unsaid", "training.epochs=1").state());
  }

  /** The mean of one step from each shard's gradient is one step from their mean. */
  @Test
  void averagingAfterEachStepFollowsTheGradientMode() {
    try (JavaSparkContext spark = local("local[2]")) {
      TinyWork gradients = new TinyWork(spark, settings());
      TinyWork local = new TinyWork(spark, settings("aggregation.averaging-frequency=2"));
      MasterState shared = gradients.start();
      MasterState averaged = local.start();
      for (int step = 0; step < 2; step++) {
        shared = TinyWork.after(gradients.gradientStep(), shared);
        averaged = TinyWork.after(local.localSteps(1), averaged);
      }
      assertThat(averaged.weights()).containsExactly(shared.weights(), ROUNDING);
      assertThat(averaged.step()).isEqualTo(shared.step());
    }
  }

  @ParameterizedTest
  @CsvSource({"averaged, 0.95", "none, 0"})
  void theMeanIsTheOneTakenByHand(String localMomentum, double momentum) {
    Settings settings =
        settings(
            "aggregation.averaging-frequency=3", "aggregation.local-momentum=" + localMomentum);
    try (JavaSparkContext spark = local("local[2]")) {
      TinyWork tiny = new TinyWork(spark, settings);
      MasterState next = TinyWork.after(tiny.localSteps(3), tiny.start());

      assertThat(next.weights()).containsExactly(meanByHand(tiny, 3, momentum), ROUNDING);
      assertThat(next.step()).isEqualTo(3);
      assertThat(next.momentum()[0] != 0).isEqualTo(momentum > 0);
    }
  }

  @Test
  void aRoundEndsWithTheEpochAndGivesTheSameBitsEverywhere() throws IOException {
    Checkpoint one = train("one", "aggregation.averaging-frequency=4");
    TinyRun two = TinyRun.in(directory.resolve("two"), "aggregation.averaging-frequency=4");
    two.on("local[2]");

    assertThat(two.checkpoint().state().weights()).containsExactly(one.state().weights());
    try (Reader lines = Files.newBufferedReader(directory.resolve("two/metrics.jsonl"))) {
      assertThat(RunLog.read(lines))
          .filteredOn(StepMetrics.class::isInstance)
          .extracting(Metrics::step)
          .containsExactly(4L, 8L, 10L, 14L, 18L, 20L);
    }
  }

  /** Each shard's own training without Spark, and their mean. */
  private static float[] meanByHand(TinyWork tiny, int steps, double momentum) {
    Settings own =
        Settings.parse(tiny.settings.effective(), "own", List.of("training.momentum=" + momentum));
    BlendedCoarseGradientDescent descent =
        new BlendedCoarseGradientDescent(
            tiny.network.layout(),
            own.weights().precision(),
            own.descent(),
            tiny.schedule.stepsPerEpoch());
    List<ImageShard> images = tiny.images();
    double[] sums = new double[tiny.network.layout().size()];
    try (OneDnnNetwork network =
        new OneDnnNetwork(tiny.network, new EngineSettings(1, GradientPrecision.FLOAT32))) {
      for (int shard = 0; shard < images.size(); shard++) {
        MasterState state = tiny.start();
        for (int step = 0; step < steps; step++) {
          Minibatch minibatch = tiny.schedule.minibatch(step, shard);
          Batch batch =
              own.input()
                  .preprocessing()
                  .training(images.get(shard), minibatch.indices(), minibatch.key());
          WeightSnapshot w = descent.gradientPoint(state);
          state =
              descent.step(state, w, network.gradient(w, batch), MasterState.blank(sums.length));
        }
        for (int i = 0; i < sums.length; i++) {
          sums[i] += state.weights()[i];
        }
      }
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / images.size());
    }
    return mean;
  }

  private Settings settings(String... overrides) {
    return TinyRun.in(directory.resolve("work"), overrides)
        .with("execution.gradient-precision=float32")
        .settings();
  }

  private Checkpoint train(String folder, String... overrides) {
    TinyRun run = TinyRun.in(directory.resolve(folder), overrides);
    run.on("local[1]");
    return run.checkpoint();
  }

  private static JavaSparkContext local(String master) {
    return new JavaSparkContext(new SparkConf().setMaster(master).setAppName("local steps"));
  }
}
