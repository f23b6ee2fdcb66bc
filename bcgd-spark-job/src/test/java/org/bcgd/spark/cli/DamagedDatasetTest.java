// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.bcgd.spark.shards.PhotographFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A damaged dataset stops the run with exit code 3 and the name of the damaged file. */
class DamagedDatasetTest {

  private static final int CIFAR_RECORD = 1 + 3 * 32 * 32;
  private static final String SHARD = "shard-00001-000.images";

  private static Path sound; // prepared once, copied by each test

  @TempDir static Path shared;
  @TempDir Path directory;

  @RegisterExtension final Console console = new Console();
  @RegisterExtension final Warnings warnings = new Warnings();

  @Test
  void aSoundPreparedDatasetTrains() throws IOException {
    assertThat(trainOn(prepared(), 4)).isZero();
    assertThat(console.output()).contains("80 images in 4 shards", "Done: top-1");
  }

  @Test
  void aNumberOfShardsThatDoesNotDivideThePreparedOneIsRefused() throws IOException {
    assertThat(trainOn(prepared(), 5)).isEqualTo(2);
    assertMessage("dataset.shards is 5", "4 shards", "divisor");
  }

  @Test
  void aLimitOnPreparedShardsIsRefused() throws IOException {
    assertThat(
            BcgdMain.run(
                Console.tiny(
                    "train",
                    directory.resolve("run"),
                    "dataset.format=prepared",
                    "dataset.path=" + prepared())))
        .isEqualTo(2);
    assertMessage("dataset.training-limit", "prepare");
  }

  @Test
  void aMissingManifestIsNamed() throws IOException {
    Path dataset = prepared();
    Files.delete(dataset.resolve("training/manifest.json"));
    assertThat(trainOn(dataset, 4)).isEqualTo(3);
    assertMessage("training/manifest.json", "does not exist", "prepare");
  }

  @Test
  void aDamagedManifestIsNamed() throws IOException {
    Path dataset = prepared();
    cut(dataset.resolve("training/manifest.json"));
    assertThat(trainOn(dataset, 4)).isEqualTo(3);
    assertMessage("training/manifest.json", "not the manifest");
  }

  @Test
  void aManifestThatLacksAShardIsNamed() throws IOException {
    Path dataset = prepared();
    Path manifest = dataset.resolve("training/manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("\"shard\" : 1,", "\"shard\" : 2,"));
    assertThat(trainOn(dataset, 4)).isEqualTo(3);
    assertMessage("training/manifest.json", "shard 1");
  }

  @Test
  void aMissingShardFileIsNamed() throws IOException {
    Path dataset = prepared();
    Files.delete(dataset.resolve("training").resolve(SHARD));
    assertThat(trainOn(dataset, 4)).isEqualTo(3);
    assertMessage("training/" + SHARD, "missing");
  }

  @Test
  void aTruncatedShardFileIsNamed() throws IOException {
    Path dataset = prepared();
    cut(dataset.resolve("training").resolve(SHARD));
    assertThat(trainOn(dataset, 4)).isEqualTo(3);
    assertMessage("training/" + SHARD, "truncated");
  }

  @Test
  void aShardFileWithAFlippedBitIsNamed() throws IOException {
    Path dataset = prepared();
    Path shard = dataset.resolve("training").resolve(SHARD);
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 1;
    Files.write(shard, bytes);
    assertThat(trainOn(dataset, 4)).isEqualTo(3);
    assertMessage("training/" + SHARD, "damaged", "checksum");
  }

  @Test
  void aSoundFileInThePlaceOfAnotherIsNamed() throws IOException {
    Path dataset = prepared().resolve("training");
    Files.copy(
        dataset.resolve("shard-00002-000.images"),
        dataset.resolve(SHARD),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(trainOn(dataset.getParent(), 4)).isEqualTo(3);
    assertMessage("training/" + SHARD, "SHA-256");
  }

  @Test
  void aCifarLabelOutOfRangeIsNamed() throws IOException {
    Path cifar = cifar();
    Path file = cifar.resolve("data_batch_3.bin");
    byte[] records = Files.readAllBytes(file);
    records[2 * CIFAR_RECORD] = 10;
    Files.write(file, records);
    assertThat(trainOnCifar(cifar)).isEqualTo(3);
    assertMessage("data_batch_3.bin", "record 2", "label 10", "0..9");
  }

  @Test
  void aTruncatedCifarFileIsNamed() throws IOException {
    Path cifar = cifar();
    cut(cifar.resolve("test_batch.bin"));
    assertThat(trainOnCifar(cifar)).isEqualTo(3);
    assertMessage("test_batch.bin", "truncated");
  }

  @Test
  void corruptPhotographsBelowTheThresholdAreCountedNamedAndLeftOut() throws IOException {
    Path photographs = photographsWithOneCut();
    assertThat(trainOnPhotographs(photographs, 0.1)).isZero();
    assertThat(console.output()).contains("on 23 images");
    assertThat(warnings.messages())
        .anyMatch(
            message ->
                message.contains("1 of 24 images")
                    && message.contains("dark/image-07.jpg")
                    && message.contains("left out"));
  }

  @Test
  void corruptPhotographsAboveTheThresholdStopTheRun() throws IOException {
    assertThat(trainOnPhotographs(photographsWithOneCut(), 0.01)).isEqualTo(3);
    assertMessage(
        "1 of 24 images", "dark/image-07.jpg", "dataset.corrupt-threshold = 0.01", "photographs");
  }

  @Test
  void aShardWithoutASinglePhotographThatCanBeReadStopsTheRun() throws IOException {
    Path photographs = PhotographFolder.write(directory.resolve("photographs"), 12);
    for (String split : List.of("train/dark", "train/light")) {
      for (int i = 0; i < 12; i++) {
        Files.write(
            photographs.resolve(split).resolve("image-%02d.jpg".formatted(i)), new byte[50]);
      }
    }
    assertThat(trainOnPhotographs(photographs, 1)).isEqualTo(3);
    assertMessage("image-", "none of the 12 images of shard");
  }

  /** A copy of a dataset of 80 + 40 images in 4 shards. */
  private Path prepared() throws IOException {
    if (sound == null) {
      sound = shared.resolve("sound");
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  Console.tiny(
                      "prepare",
                      directory.resolve("run"),
                      "dataset.training-limit=80",
                      "dataset.evaluation-limit=40")));
      arguments.addAll(List.of("--output", sound.toString()));
      assertThat(BcgdMain.run(arguments.toArray(String[]::new))).isZero();
      assertThat(console.output()).contains("80 images", "40 images", "4 shards");
    }
    Path copy = directory.resolve("prepared");
    FileUtils.copyDirectory(sound.toFile(), copy.toFile());
    return copy;
  }

  private Path photographsWithOneCut() throws IOException {
    Path photographs = PhotographFolder.write(directory.resolve("photographs"), 12);
    cut(photographs.resolve("train/dark/image-07.jpg"));
    return photographs;
  }

  /** Four grey images in each file of CIFAR-10. */
  private Path cifar() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("cifar"));
    byte[] records = new byte[4 * CIFAR_RECORD];
    for (int batch = 1; batch <= 5; batch++) {
      Files.write(folder.resolve("data_batch_" + batch + ".bin"), records);
    }
    Files.write(folder.resolve("test_batch.bin"), records);
    return folder;
  }

  private int trainOn(Path dataset, int shards) {
    return train(
        List.of(
            "dataset.format=prepared",
            "dataset.path=" + dataset,
            "dataset.shards=" + shards,
            "dataset.training-limit=null",
            "dataset.evaluation-limit=null",
            "training.epochs=1"));
  }

  private int trainOnCifar(Path cifar) {
    return train(
        List.of(
            "dataset.format=cifar10",
            "dataset.path=" + cifar,
            "dataset.shards=2",
            "training.batch-size=10",
            "input.channels=3",
            "input.height=32",
            "input.width=32",
            "input.mean=[0.5,0.5,0.5]",
            "input.deviation=[0.25,0.25,0.25]",
            "network.architecture=vgg11"));
  }

  private int trainOnPhotographs(Path photographs, double threshold) {
    List<String> settings = new ArrayList<>(PhotographFolder.SETTINGS);
    settings.add("dataset.path=" + photographs);
    settings.add("dataset.corrupt-threshold=" + threshold);
    return train(settings);
  }

  private int train(List<String> settings) {
    return BcgdMain.run(
        Console.tiny("train", directory.resolve("run"), settings.toArray(String[]::new)));
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2 - 1));
  }

  /** One message, no stack trace. */
  private void assertMessage(String... parts) {
    assertThat(console.errors()).contains(parts).contains("bcgd: ").doesNotContain("\tat org.bcgd");
  }
}
