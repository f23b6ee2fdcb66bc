// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.spark.folder.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statistics at the end of a run are those of the weights that it leaves. */
class NormReestimationTest {

  private static final String CONSTANT = "training.learning-rate.schedule=constant";

  @TempDir Path directory;

  /** A run that keeps nothing of its old statistics has, a step later, those of its own weights. */
  @Test
  void theStatisticsOfOneBatchAreThoseThatTheNextStepWouldSee() {
    Checkpoint reestimated = trained("reestimated", "training.norm-batches=1");
    Path longer = directory.resolve("longer");
    TinyRun.in(
            longer,
            CONSTANT,
            "training.epochs=3",
            "training.running-statistics-decay=0",
            "run.checkpoint-every-steps=21")
        .on("local[2]");
    Checkpoint aStepLater =
        RunFolder.checkpoint(longer + "/checkpoints/step-000000000021.ckpt", new Configuration());

    for (ParameterSlice slice : reestimated.layout().slices()) {
      if (slice.role().isRunningStatistic()) {
        assertThat(values(reestimated, slice))
            .as(slice.name())
            .isEqualTo(values(aStepLater, slice));
      }
    }
  }

  @Test
  void nothingElseChanges() {
    Checkpoint plain = trained("plain");
    Checkpoint reestimated = trained("reestimated", "training.norm-batches=4");

    assertThat(reestimated.state().step()).isEqualTo(plain.state().step());
    assertThat(reestimated.state().momentum()).isEqualTo(plain.state().momentum());
    for (ParameterSlice slice : plain.layout().slices()) {
      assertThat(values(reestimated, slice).equals(values(plain, slice)))
          .as(slice.name())
          .isNotEqualTo(slice.role().isRunningStatistic());
    }
  }

  private Checkpoint trained(String folder, String... more) {
    String[] overrides = Arrays.copyOf(more, more.length + 1);
    overrides[more.length] = CONSTANT;
    TinyRun run = TinyRun.in(directory.resolve(folder), overrides);
    run.on("local[2]");
    return run.checkpoint();
  }

  private static List<Float> values(Checkpoint checkpoint, ParameterSlice slice) {
    List<Float> values = new ArrayList<>();
    for (int i = slice.offset(); i < slice.end(); i++) {
      values.add(checkpoint.state().weights()[i]);
    }
    return values;
  }
}
