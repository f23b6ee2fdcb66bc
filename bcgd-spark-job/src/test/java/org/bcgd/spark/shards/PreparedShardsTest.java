// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.data.ImageShard;
import org.bcgd.data.source.Split;
import org.bcgd.failure.SettingsException;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepared shards hold the images of the published dataset, each once, and train to its bits. */
class PreparedShardsTest {

  private static final int IMAGES = 160;
  private static final String[] SHORT = {
    "dataset.training-limit=" + IMAGES, "dataset.evaluation-limit=80", "training.epochs=1"
  };

  @TempDir static Path directory;

  @BeforeAll
  static void prepareInFourAndInEight() {
    prepare("four", "dataset.shards=4");
    prepare("eight", "dataset.shards=8");
  }

  @Test
  void theyTrainToTheBitsOfThePublishedDataset() {
    TinyRun published = run("published", SHORT);
    TinyRun prepared = run("prepared", from("four", 4));
    Result expected = published.on("local[2]");

    Result result = prepared.on("local[2]");

    assertThat(result.weightsDigest()).isPresent().isEqualTo(expected.weightsDigest());
    assertThat(result.evaluation()).isEqualTo(expected.evaluation());
    Checkpoint checkpoint = prepared.checkpoint();
    assertThat(checkpoint.state().step()).isEqualTo(4);
    assertThat(checkpoint.state().weights())
        .containsExactly(published.checkpoint().state().weights());
  }

  @Test
  void eightTrainAsFour() {
    Result result = run("eight-as-four", from("eight", 4)).on("local[2]");

    assertThat(result.steps()).isEqualTo(4);
    assertThat(result.evaluation().orElseThrow().images()).isEqualTo(80);
  }

  @Test
  void eightReadAsFourHoldEveryImageOnce() {
    ShardSource published = source(run("", SHORT).settings());
    ShardSource prepared = source(run("", from("eight", 4)).settings());

    assertThat(prepared.shards()).isEqualTo(4);
    assertThat(images(prepared))
        .hasSize(IMAGES)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(images(published));
  }

  @Test
  void theManifestCountsImagesBytesAndLabels() throws IOException {
    Path folder = directory.resolve("eight/training");
    DatasetManifest manifest =
        DatasetManifest.fromJson(Files.readAllBytes(folder.resolve("manifest.json")), "manifest");

    assertThat(manifest.images()).isEqualTo(IMAGES);
    assertThat(manifest.classNames()).hasSize(10).contains("Trouser");
    assertThat(manifest.files()).hasSize(8);
    for (DatasetManifest.ShardFile file : manifest.files()) {
      assertThat(folder.resolve(file.name())).hasSize(file.bytes());
      assertThat(file.labels().stream().mapToInt(Integer::intValue).sum()).isEqualTo(file.images());
    }
  }

  @Test
  void preparingAgainReplacesWhatWasThere() throws IOException {
    prepare("again", "dataset.shards=8");
    prepare("again", "dataset.shards=4", "run.seed=3");

    assertThat(names("again/training")).hasSize(5).isEqualTo(names("four/training"));
    assertThat(source(run("", from("again", 4)).settings()).images()).isEqualTo(IMAGES);
  }

  @Test
  void preparingOnKryoWritesTheSameBytes() throws IOException {
    prepareFrom(
        run("", with("dataset.shards=4")).settings(),
        "kryo",
        new SparkConf().set("spark.serializer", KryoSerializer.class.getName()));

    for (String name : names("four/training")) {
      assertThat(directory.resolve("kryo/training").resolve(name))
          .hasSameBinaryContentAs(directory.resolve("four/training").resolve(name));
    }
  }

  @Test
  void shardsAreNotPreparedFromTheFolderTheyAreWrittenTo() {
    assertThatThrownBy(() -> prepareFrom(run("", from("four", 4)).settings(), "four"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("four/training")
        .hasMessageContaining("another folder");
  }

  private static void prepare(String folder, String... overrides) {
    prepareFrom(run("", with(overrides)).settings(), folder);
  }

  private static void prepareFrom(Settings settings, String folder) {
    prepareFrom(settings, folder, new SparkConf());
  }

  private static void prepareFrom(Settings settings, String folder, SparkConf conf) {
    conf.setMaster("local[2]").setAppName("prepare");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      DatasetPreparation preparation =
          new DatasetPreparation(spark, settings.dataset(), settings.run().seed());
      for (Split split : Split.values()) {
        preparation.write(split, directory.resolve(folder).toString());
      }
    }
  }

  private static String[] with(String... overrides) {
    return Stream.concat(Stream.of(SHORT), Stream.of(overrides)).toArray(String[]::new);
  }

  private static TinyRun run(String folder, String... overrides) {
    return TinyRun.in(directory.resolve("run-" + folder), overrides);
  }

  private static String[] from(String folder, int shards) {
    return new String[] {
      "dataset.format=prepared",
      "dataset.path=" + directory.resolve(folder),
      "dataset.shards=" + shards,
      "dataset.training-limit=null",
      "dataset.evaluation-limit=null",
      "training.epochs=1"
    };
  }

  private static ShardSource source(Settings settings) {
    return ShardSource.of(
        settings.dataset(), settings.run().seed(), Split.TRAINING, new Configuration());
  }

  /** Label and pixels of every image of every shard. */
  private static List<String> images(ShardSource source) {
    List<String> images = new ArrayList<>();
    for (int shard = 0; shard < source.shards(); shard++) {
      ImageShard loaded = source.load(shard);
      for (int i = 0; i < loaded.size(); i++) {
        images.add(
            loaded.label(i) + " " + new String(loaded.image(i), StandardCharsets.ISO_8859_1));
      }
    }
    return images;
  }

  private static List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
