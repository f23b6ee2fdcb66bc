// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.network.InitialWeights;
import org.bcgd.spark.Fork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal settings give equal bits, whatever computes them and whatever befalls the run. */
class ReproducibilityTest {

  @TempDir static Path directory;

  private static Checkpoint reference;

  @BeforeAll
  static void trainOnOneCore() {
    TinyRun run = TinyRun.in(directory.resolve("one-core"));
    run.on("local[1]");
    reference = run.checkpoint();
  }

  @Test
  void aTrainingChangesTheWeights() {
    float[] start = InitialWeights.draw(reference.layout(), 1);
    assertThat(reference.state().weights()).isNotEqualTo(start);
    assertThat(reference.state().step()).isEqualTo(20);
  }

  @Test
  void twoCoresGiveTheSameBits() {
    TinyRun run = TinyRun.in(directory.resolve("two-cores"));
    run.on("local[2]");
    assertSameBits(run.checkpoint());
  }

  @Test
  void aClusterOfTwoExecutorsGivesTheSameBits() {
    TinyRun run = TinyRun.in(directory.resolve("cluster"));
    run.on(
        new SparkConf()
            .setMaster("local-cluster[2,1,1024]")
            .set("spark.executor.memory", "1g")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path")));
    assertSameBits(run.checkpoint());
  }

  @Test
  void anotherSeedGivesOtherBits() {
    TinyRun run = TinyRun.in(directory.resolve("seed"), "run.seed=2");
    run.on("local[2]");
    assertThat(run.checkpoint().state().weights()).isNotEqualTo(reference.state().weights());
  }

  @Test
  void aRunThatWasKilledGoesOnAsIfNothingHadHappened() throws Exception {
    Path folder = directory.resolve("killed");
    TinyRun run = TinyRun.in(folder, "run.checkpoint-every-steps=3");
    Process victim = start(folder);
    waitFor(folder.resolve("checkpoints/step-000000000006.ckpt"), victim);
    victim.destroyForcibly().waitFor();
    assertThat(run.checkpoint().state().step()).isBetween(6L, 19L);

    run.on("local[2]");

    assertSameBits(run.checkpoint());
    assertThat(steps(folder))
        .containsExactlyElementsOf(Stream.iterate(1L, step -> step + 1).limit(20).toList());
  }

  private static void assertSameBits(Checkpoint other) {
    assertThat(other.state().weights()).containsExactly(reference.state().weights());
    assertThat(other.state().momentum()).containsExactly(reference.state().momentum());
    assertThat(other.state().step()).isEqualTo(reference.state().step());
  }

  /** Starts the training in a process of its own, as spark-submit would. */
  private static Process start(Path folder) throws IOException {
    Path settings = Files.writeString(directory.resolve("killed.conf"), TinyRun.SETTINGS);
    List<String> arguments = new ArrayList<>(List.of("train", settings.toString()));
    arguments.addAll(List.of("--set", "run.folder=" + folder));
    arguments.addAll(List.of("--set", "run.checkpoint-every-steps=3"));
    return Fork.program(entry -> true, "local[1]", arguments)
        .redirectOutput(directory.resolve("killed.log").toFile())
        .start();
  }

  private static void waitFor(Path file, Process process) throws Exception {
    while (!Files.exists(file)) {
      assertThat(process.waitFor(5, TimeUnit.MILLISECONDS))
          .as("the training ended before it could be killed: %s", directory.resolve("killed.log"))
          .isFalse();
    }
  }

  private static List<Long> steps(Path folder) throws IOException {
    try (Stream<String> lines =
        Files.lines(folder.resolve("metrics.jsonl"), StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("{\"kind\":\"step\""))
          .map(line -> line.replaceFirst(".*?\"step\":(\\d+).*", "$1"))
          .map(Long::parseLong)
          .toList();
    }
  }
}
