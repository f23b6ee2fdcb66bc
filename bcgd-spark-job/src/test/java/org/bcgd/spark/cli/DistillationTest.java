// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A quantized network learns from a float one beside the labels. */
class DistillationTest {

  private static final String[] FLOAT = {"weights.bits=32", "activations.bits=32"};

  @TempDir static Path directory;
  @RegisterExtension final Console console = new Console();

  @Test
  void aTeacherChangesTheLossAndAWeightOfZeroDoesNot() throws IOException {
    train("float", FLOAT);
    train("labels", start());
    train("taught", start(teacher(), "distillation.weight=0.5"));
    train("untaught", start(teacher(), "distillation.weight=0"));

    assertThat(firstLoss("taught")).isNotEqualTo(firstLoss("labels"));
    assertThat(digest("untaught")).isEqualTo(digest("labels"));
    assertThat(digest("taught")).isNotEqualTo(digest("labels"));
  }

  @Test
  void aTeacherThatIsQuantizedOrSeesOtherPixelsIsRefused() throws IOException {
    train("quantized");
    assertThat(run("refused", "distillation.from=" + directory.resolve("quantized"))).isEqualTo(6);
    assertThat(console.errors())
        .contains("quantized is quantized, where a float one is needed")
        .doesNotContain("\tat org.bcgd");

    train("float", FLOAT);
    assertThat(run("refused", teacher(), "input.mean=[0.5]")).isEqualTo(2);
    assertThat(console.errors()).contains("mean [0.286]").doesNotContain("\tat org.bcgd");
  }

  private static String[] start(String... more) {
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = "initial-weights.from=" + directory.resolve("float");
    return all;
  }

  private static String teacher() {
    return "distillation.from=" + directory.resolve("float");
  }

  private void train(String folder, String... more) {
    if (!Files.exists(directory.resolve(folder))) {
      assertThat(run(folder, more)).isZero();
    }
  }

  private int run(String folder, String... more) {
    return BcgdMain.run(Console.tiny("train", directory.resolve(folder), more));
  }

  private double firstLoss(String folder) throws IOException {
    Path metrics = directory.resolve(folder).resolve("metrics.jsonl");
    return ((StepMetrics) RunLog.read(Files.newBufferedReader(metrics)).get(0)).fit().loss();
  }

  private String digest(String folder) throws IOException {
    Path result = directory.resolve(folder).resolve("result.json");
    return Result.fromJson(Files.readString(result)).weightsDigest().orElseThrow();
  }
}
