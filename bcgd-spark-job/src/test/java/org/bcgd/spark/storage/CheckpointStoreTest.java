// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.CheckpointException;
import org.bcgd.failure.StorageException;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

  @TempDir Path directory;

  @Test
  void theNewestIsTheOneOfTheHighestStep() {
    CheckpointStore store = store(3);
    store.save(checkpoint(100), Optional.empty());
    store.save(checkpoint(20), Optional.empty());
    assertThat(store.latest().orElseThrow().state().step()).isEqualTo(100);
  }

  @Test
  void onlyTheLastOnesStay() {
    CheckpointStore store = store(2);
    for (int step = 1; step <= 4; step++) {
      store.save(checkpoint(step), Optional.empty());
    }
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("step-000000000003.ckpt", "step-000000000004.ckpt");
  }

  @Test
  void theOneThatIsSparedStaysHoweverOld() {
    CheckpointStore store = store(2);
    for (int step = 1; step <= 5; step++) {
      store.save(checkpoint(step), Optional.of(2L));
    }
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder(
            "step-000000000002.ckpt", "step-000000000004.ckpt", "step-000000000005.ckpt");
  }

  @Test
  void aDamagedOneIsPassedOverForTheOneBefore() throws IOException {
    CheckpointStore store = store(3);
    store.save(checkpoint(1), Optional.empty());
    store.save(checkpoint(2), Optional.empty());
    damage("step-000000000002.ckpt");
    assertThat(store.latest().orElseThrow().state().step()).isEqualTo(1);
    assertThat(directory.resolve("step-000000000002.ckpt")).exists();
  }

  @Test
  void whenAllAreDamagedNothingStartsAfresh() throws IOException {
    CheckpointStore store = store(3);
    store.save(checkpoint(1), Optional.empty());
    damage("step-000000000001.ckpt");
    assertThatThrownBy(store::latest)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("None of the 1 checkpoints");
  }

  @Test
  void anEmptyFolderHasNone() {
    assertThat(store(3).latest()).isEmpty();
  }

  @Test
  void aFileInTheMakingIsNoCheckpoint() throws IOException {
    Files.write(directory.resolve(".step-000000000009.ckpt.writing"), new byte[10]);
    assertThat(store(3).latest()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[1]);
    CheckpointStore store =
        new CheckpointStore(Folder.at(file.resolve("sub").toString(), new Configuration()), 1);
    assertThatThrownBy(() -> store.save(checkpoint(1), Optional.empty()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("file/sub")
        .hasMessageContaining("cannot be written");
  }

  @Test
  void metricsKeepTheLinesUpToWhereARunGoesOn() throws IOException {
    Folder folder = Folder.at(directory.toString(), new Configuration());
    try (OutputStream metrics = MetricsFile.open(folder, line -> true)) {
      metrics.write("1\n2\n3\n".getBytes(StandardCharsets.UTF_8));
    }
    try (OutputStream metrics = MetricsFile.open(folder, line -> !line.equals("3"))) {
      metrics.write("4\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Files.readAllLines(directory.resolve("metrics.jsonl")))
        .isEqualTo(List.of("1", "2", "4"));
    assertThat(directory.toFile().list()).containsExactly("metrics.jsonl");
  }

  private void damage(String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private CheckpointStore store(int kept) {
    return new CheckpointStore(Folder.at(directory.toString(), new Configuration()), kept);
  }

  private static Checkpoint checkpoint(long step) {
    return new Checkpoint(
        "network",
        new ParameterLayout(List.of(new ParameterSlice("b", ParameterRole.BIAS, 0, List.of(4)))),
        new MasterState(step, new float[] {1, 2, 3, step}, new float[4]),
        Map.of());
  }
}
