// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.bcgd.failure.DivergenceException;
import org.bcgd.spark.HeldBroadcasts;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run gives back what it broadcast, whatever its end. */
class RunBroadcastsTest {

  private static final String[] SHORT = {"training.epochs=1", "dataset.training-limit=80"};

  @TempDir Path directory;

  @Test
  void nothingThatARunBroadcastsStays() throws TimeoutException {
    TinyRun teacher = TinyRun.in(directory.resolve("float"), SHORT).with("weights.bits=32");
    TinyRun taught =
        TinyRun.in(directory.resolve("taught"), SHORT)
            .with("distillation.from=" + directory.resolve("float"));
    try (JavaSparkContext spark = HeldBroadcasts.sparkWithoutCleaner()) {
      StageCount stages = new StageCount(spark);
      run(spark, teacher.with("activations.bits=32"));
      run(spark, taught);
      run(spark, local("locally"));
      stages.assertNothingElseIsHeld();
    }
  }

  @Test
  void nothingThatAFailedRunBroadcastStays() throws TimeoutException {
    TinyRun diverging =
        TinyRun.in(directory.resolve("diverging"), SHORT)
            .with("weights.bits=32")
            .with("activations.bits=32")
            .with("training.learning-rate.initial=1e36");
    try (JavaSparkContext spark = HeldBroadcasts.sparkWithoutCleaner()) {
      StageCount stages = new StageCount(spark);
      assertThatThrownBy(() -> run(spark, diverging)).isInstanceOf(DivergenceException.class);
      stages.assertNothingElseIsHeld();
    }
  }

  private TinyRun local(String folder) {
    return TinyRun.in(directory.resolve(folder), SHORT).with("aggregation.averaging-frequency=2");
  }

  private static void run(JavaSparkContext spark, TinyRun tiny) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    new TrainingRun(spark, tiny.settings(), Map.of("bcgd", "test"), nowhere).execute(false);
  }

  /** Counts the stages that Spark broadcasts the code of. */
  private static final class StageCount extends SparkListener {

    private final AtomicInteger submitted = new AtomicInteger();
    private final JavaSparkContext spark;

    StageCount(JavaSparkContext spark) {
      this.spark = spark;
      spark.sc().addSparkListener(this);
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
      submitted.incrementAndGet();
    }

    void assertNothingElseIsHeld() throws TimeoutException {
      spark.sc().listenerBus().waitUntilEmpty();
      assertThat(HeldBroadcasts.onceAtMost(submitted.get())).hasSize(submitted.get());
    }
  }
}
