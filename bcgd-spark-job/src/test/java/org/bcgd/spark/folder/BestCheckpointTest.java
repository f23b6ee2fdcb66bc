// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.CheckpointException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.spark.report.BestCheckpoint;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestCheckpointTest {

  @TempDir Path directory;

  @Test
  void staysBesideTheNewestAndIsKnownAfterARestart() {
    Checkpoints run = checkpoints();
    for (int step = 1; step <= 3; step++) {
      judgeAndSave(run, step, step == 2 ? 0.9 : 0.1 * step);
    }
    judgeAndSave(checkpoints(), 4, 0.9);

    assertThat(checkpoints().best()).contains(new BestCheckpoint(2, 0.9));
    assertThat(files())
        .containsExactlyInAnyOrder("step-000000000002.ckpt", "step-000000000004.ckpt");

    judgeAndSave(checkpoints(), 5, 0.95);
    judgeAndSave(checkpoints(), 6, 0.2);
    assertThat(files())
        .containsExactlyInAnyOrder("step-000000000005.ckpt", "step-000000000006.ckpt");
    assertThat(RunFolder.at(directory.toString(), new Configuration()).bestCheckpoint())
        .endsWith("checkpoints/step-000000000005.ckpt");
  }

  @Test
  void aDamagedNoteOfItIsAnErrorThatNamesIt() throws IOException {
    judgeAndSave(checkpoints(), 1, 0.5);
    Files.writeString(directory.resolve("best.json"), "{\"step\": 1");
    assertThatThrownBy(this::checkpoints)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("best.json");
  }

  @Test
  void theResultNamesItAndTellsWhereTheTimeWent() throws IOException {
    Result result =
        TinyRun.in(directory, "run.keep-checkpoints=1", "aggregation.reduction=sliced")
            .on("local[2]");

    try (Reader lines = Files.newBufferedReader(directory.resolve("metrics.jsonl"))) {
      EvaluationMetrics best =
          RunLog.read(lines).stream()
              .filter(EvaluationMetrics.class::isInstance)
              .map(EvaluationMetrics.class::cast)
              .max(
                  Comparator.comparingDouble((EvaluationMetrics e) -> e.figures().top1())
                      .thenComparing(EvaluationMetrics::step, Comparator.reverseOrder()))
              .orElseThrow();
      assertThat(result.best()).contains(new BestCheckpoint(best.step(), best.figures().top1()));
    }
    assertThat(result.stepTimes().orElseThrow().steps()).isEqualTo(20);
    assertThat(result.stepTimes().orElseThrow().seconds())
        .containsOnlyKeys(
            Phase.PROJECT,
            Phase.BROADCAST,
            Phase.COMPUTE,
            Phase.SHUFFLE,
            Phase.GATHER,
            Phase.UPDATE)
        .allSatisfy((phase, seconds) -> assertThat(seconds).isPositive());
  }

  private void judgeAndSave(Checkpoints run, int step, double topOne) {
    int size = settings().network(file -> file).layout().size();
    MasterState state = MasterState.blank(size).at(step);
    run.judged(state, topOne);
    run.save(state);
  }

  private Checkpoints checkpoints() {
    NetworkDefinition network = settings().network(file -> file);
    return new Checkpoints(
        RunFolder.at(directory.toString(), new Configuration()), network, settings(), Map.of());
  }

  private Settings settings() {
    return TinyRun.in(directory, "run.keep-checkpoints=1").settings();
  }

  private String[] files() {
    return directory.resolve("checkpoints").toFile().list();
  }
}
