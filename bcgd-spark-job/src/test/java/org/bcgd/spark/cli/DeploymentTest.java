// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.bcgd.packed.QuantizedModel;
import org.bcgd.spark.Fork;
import org.bcgd.spark.shards.PhotographFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run on photographs becomes files, and these label photographs. */
class DeploymentTest {

  private static final int EACH = 8; // photographs of a class
  private static final String FROM_FLOAT = "initial-weights.from=";

  @TempDir static Path directory;
  @RegisterExtension final Console console = new Console();

  private final Path images = directory.resolve("images");
  private final Path floatRun = directory.resolve("float");
  private final Path run = directory.resolve("run");
  private final Path model = run.resolve("export/model.bcgd");

  @BeforeEach
  void trainAndExport() throws IOException {
    if (!Files.exists(model)) {
      PhotographFolder.write(images, EACH);
      assertThat(verb("train", "run.folder=" + floatRun, "weights.bits=32", "activations.bits=32"))
          .isZero();
      assertThat(verb("train", FROM_FLOAT + floatRun)).isZero();
      assertThat(verb("export", FROM_FLOAT + floatRun, "--format=packed,onnx,onnx-float")).isZero();
      Files.writeString(run.resolve("export.txt"), console.output());
    }
  }

  private int verb(String name, String... more) {
    return BcgdMain.run(arguments(name, more));
  }

  private String[] arguments(String name, String... more) {
    List<String> settings =
        Stream.concat(
                Stream.of("dataset.path=" + images),
                Stream.concat(PhotographFolder.SETTINGS.stream(), Stream.of(more)))
            .toList();
    return Console.tiny(name, run, settings.toArray(String[]::new));
  }

  @Test
  void theReportTellsSizesHitsAndSpeed() throws IOException {
    JsonNode report = new ObjectMapper().readTree(run.resolve("export/export.json").toFile());
    assertThat(report.get("images").asInt()).isEqualTo(2 * EACH);
    assertThat(report.get("fileBytes").get("model.bcgd").asLong()).isEqualTo(Files.size(model));
    assertThat(report.get("fileBytes").get("model.onnx").asLong())
        .isEqualTo(Files.size(run.resolve("export/model.onnx")));
    assertThat(report.get("floatBytes").asLong()).isGreaterThan(10 * Files.size(model));
    assertThat(report.get("layers")).hasSize(5);
    assertThat(report.get("speed").get("imagesPerSecond").asDouble()).isPositive();
    assertThat(Files.readString(run.resolve("export.txt")))
        .contains("top-1 of 16 images", "images/s in calls of 32");
  }

  @Test
  void everyFormIsJudgedByTheSameImages() throws IOException {
    JsonNode accuracy =
        new ObjectMapper().readTree(run.resolve("export/export.json").toFile()).get("accuracy");
    assertThat(accuracy.findValuesAsText("form"))
        .containsExactly("float", "training", "packed", "onnx", "onnx-float");
    JsonNode trained = accuracy.get(1).get("topOne");
    assertThat(trained.asDouble()).isBetween(0.0, 1.0);
    assertThat(accuracy.findValues("topOne").subList(1, 5)).containsOnly(trained);
    assertThat(accuracy.get(0).get("topOne").asDouble()).isEqualTo(topOneOf(floatRun));
  }

  private static double topOneOf(Path run) throws IOException {
    JsonNode result = new ObjectMapper().readTree(run.resolve("result.json").toFile());
    return result.get("evaluation").get("top1").asDouble();
  }

  @Test
  void aFormThatCannotBeJudgedSaysWhy() {
    assertThat(verb("export", "--output=" + directory.resolve("alone"))).isZero();
    assertThat(console.output())
        .containsPattern("float +- +this run started from no float network");
    assertThat(
            verb(
                "export",
                FROM_FLOAT + directory.resolve("none"),
                "--output=" + directory.resolve("none")))
        .isZero();
    assertThat(console.output()).containsPattern("float +- +There is no checkpoint in .*none");
  }

  @Test
  void whereOnnxRuntimeIsMissingItSaysWhatToAdd() throws Exception {
    String[] arguments =
        arguments("export", "--format=onnx", "--output=" + directory.resolve("missing"));
    Process process =
        Fork.program(entry -> !entry.contains("onnxruntime"), "local[2]", List.of(arguments))
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .containsPattern("onnx +- +ONNX Runtime is not on the class path; .*--packages");
  }

  @Test
  void thePackedModelRemembersWhereItComesFrom() {
    try (QuantizedModel loaded = QuantizedModel.load(model)) {
      assertThat(loaded.model().labels()).containsExactly("dark", "light");
      assertThat(loaded.model().provenance()).containsKeys("settings", "step", "weights", "bcgd");
    }
  }

  @Test
  void photographsAreLabelledAndADamagedOneIsToldInItsRow() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("some"));
    Path sound = images.resolve("val/dark/image-00.jpg");
    Files.copy(sound, folder.resolve("sound.jpg"));
    byte[] whole = Files.readAllBytes(sound);
    Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));

    assertThat(BcgdMain.run("predict", model.toString(), folder.toString())).isZero();
    assertThat(console.output()).containsPattern("sound.jpg +(dark|light) +[01]\\.[0-9]{4}");

    Path table = directory.resolve("table");
    assertThat(
            BcgdMain.run(
                "predict",
                model.toString(),
                images.resolve("val").toString(),
                folder.toString(),
                "--output=" + table,
                "--as=parquet"))
        .isZero();
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      List<Row> rows = spark.read().parquet(table.toString()).collectAsList();
      assertThat(rows).hasSize(2 * EACH + 2);
      assertThat(rows)
          .allMatch(row -> row.isNullAt(3) != row.getString(0).endsWith("cut.jpg"))
          .allMatch(row -> row.isNullAt(1) == row.getString(0).endsWith("cut.jpg"));
    }
  }

  @Test
  void whatIsNoModelIsToldInOneMessage() throws IOException {
    Path none = Files.writeString(directory.resolve("none.bcgd"), "nothing");
    assertThat(BcgdMain.run("predict", none.toString(), images.toString())).isEqualTo(3);
    assertThat(console.errors())
        .contains("none.bcgd cannot be used: it is not a packed BCGD model")
        .doesNotContain("\tat org.bcgd");
    assertThat(verb("export", "--format=tflite")).isEqualTo(2);
    assertThat(console.errors()).contains("'tflite' is none of packed, onnx, onnx-float");
  }
}
