// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.checkpoint.CheckpointFormat;
import org.bcgd.spark.report.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A user's mistake gives one clear message and the exit code that the help documents. */
class BadInputTest {

  @TempDir Path directory;

  @RegisterExtension final Console console = new Console();

  @Test
  void anUnknownSettingNamesTheNearestKnownOne() throws IOException {
    assertThat(train("training.epoch=3")).isEqualTo(2);
    assertMessage("training.epoch", "epochs");
  }

  @Test
  void allProblemsOfTheSettingsAreToldAtOnce() throws IOException {
    assertThat(train("blending.rho=1.5", "weights.bits=9", "training.batch-size=few")).isEqualTo(2);
    assertMessage("blending.rho", "1.5", "weights.bits", "9", "training.batch-size", "few");
  }

  @Test
  void aVerbThatDoesNotExistIsRefused() {
    assertThat(BcgdMain.run("trian", "x.conf")).isEqualTo(2);
    assertThat(console.errors()).contains("trian", "train");
  }

  @Test
  void aSettingsFileThatDoesNotExistIsNamed() {
    assertThat(BcgdMain.run("train", "absent.conf")).isEqualTo(2);
    assertMessage("absent.conf");
  }

  @Test
  void aMissingDatasetIsNamed() throws IOException {
    assertThat(train("dataset.format=idx", "dataset.path=" + directory.resolve("nowhere")))
        .isEqualTo(3);
    assertMessage("nowhere", "train-labels-idx1-ubyte");
  }

  @Test
  void aDatasetWithOtherClassesIsRefused() throws IOException {
    assertThat(train("network.classes=7")).isEqualTo(3);
    assertMessage("10 classes", "network 7", "network.classes = 10");
  }

  @Test
  void aBatchLargerThanAShardIsRefused() throws IOException {
    assertThat(train("training.batch-size=4000")).isEqualTo(2);
    assertMessage("shard 0", "4000");
  }

  @Test
  void aTrainingThatDivergesNamesStepAndShardAndKeepsTheLastCheckpoint() throws IOException {
    assertThat(
            train(
                "training.learning-rate.initial=1e36",
                "run.checkpoint-every-steps=1",
                "weights.bits=32",
                "activations.bits=32"))
        .isEqualTo(5);
    assertMessage("diverged", "step", "shard");
    Result result = Result.fromJson(Files.readString(directory.resolve("run/result.json")));
    assertThat(result.status()).isEqualTo(Result.Status.FAILED);
    assertThat(result.exitCode()).isEqualTo(5);
    try (Stream<Path> checkpoints = Files.list(directory.resolve("run/checkpoints"))) {
      assertThat(checkpoints).isNotEmpty();
    }
  }

  @Test
  void aCheckpointOfAnotherNetworkIsLeftAlone() throws IOException {
    assertThat(train("training.epochs=1")).isZero();
    byte[] before = Files.readAllBytes(directory.resolve("run/result.json"));
    assertThat(train("training.epochs=1", "activations.bits=2")).isEqualTo(6);
    assertMessage("another network", "run.folder");
    assertThat(Files.readAllBytes(directory.resolve("run/result.json"))).isEqualTo(before);
  }

  @Test
  void aCheckpointThatNamesNoSettingsIsNotGoneOnWith() throws IOException {
    assertThat(train("training.epochs=1")).isZero();
    Path newest = directory.resolve("run/checkpoints/step-000000000010.ckpt");
    Checkpoint sound;
    try (InputStream in = Files.newInputStream(newest)) {
      sound = CheckpointFormat.read(in, "the newest");
    }
    try (OutputStream out = Files.newOutputStream(newest)) {
      CheckpointFormat.write(
          new Checkpoint(sound.network(), sound.layout(), sound.state(), Map.of()), out);
    }
    assertThat(train("training.epochs=2")).isEqualTo(6);
    assertMessage("does not say with which settings", "run.folder");
  }

  @Test
  void aRunIsNotGoneOnWithUnderOtherSettings() throws IOException {
    assertThat(train("training.epochs=1")).isZero();
    assertThat(train("training.epochs=1", "training.momentum=0.5")).isEqualTo(2);
    assertMessage("training.momentum: 0.95 -> 0.5");
  }

  @Test
  void aDamagedCheckpointFallsBackToTheOneBefore() throws IOException {
    assertThat(train("training.epochs=2")).isZero();
    Path newest = directory.resolve("run/checkpoints/step-000000000020.ckpt");
    byte[] sound = Files.readAllBytes(newest);
    byte[] damaged = sound.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(newest, damaged);
    assertThat(train("training.epochs=2")).isZero();
    assertThat(Files.readAllBytes(newest)).isEqualTo(sound);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Files.write(directory.resolve("run"), new byte[1]);
    assertThat(train()).isEqualTo(7);
    assertMessage("run", "cannot be written");
  }

  @Test
  void thereMustBeSomethingToResume() throws IOException {
    assertThat(BcgdMain.run(arguments("train", "--resume"))).isEqualTo(2);
    assertMessage("nothing to resume");
  }

  @Test
  void anEvaluationNeedsACheckpoint() throws IOException {
    assertThat(BcgdMain.run(arguments("evaluate"))).isEqualTo(6);
    assertMessage("no checkpoint");
  }

  @Test
  void aGraphThatCannotBeReadIsNamed() throws IOException {
    Path graph = Files.writeString(directory.resolve("graph.json"), "{}");
    assertThat(
            BcgdMain.run(arguments("info", "network.architecture=null", "network.graph=" + graph)))
        .isEqualTo(2);
    assertMessage("graph.json");
  }

  private int train(String... overrides) {
    return BcgdMain.run(arguments("train", overrides));
  }

  private String[] arguments(String verb, String... more) {
    return Console.tiny(verb, directory.resolve("run"), more);
  }

  /** One message, no stack trace. */
  private void assertMessage(String... parts) {
    assertThat(console.errors()).contains(parts).contains("bcgd: ").doesNotContain("\tat org.bcgd");
  }
}
