// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bcgd.spark.report.ConfusionMatrix;
import org.bcgd.spark.report.Environment;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.EvaluationFigures;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.LayerFigure;
import org.bcgd.spark.report.metrics.Metrics;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint is judged as the run that left it was, and starts another run. */
class EvaluateTest {

  private static final String[] FLOAT = {"weights.bits=32", "activations.bits=32"};
  private static final int IMAGES = 200; // of evaluation, in a tiny run

  @TempDir static Path directory;
  @RegisterExtension final Console console = new Console();

  @Test
  void aTrainedRunIsJudgedAsItsResultSays() throws IOException {
    train("run");
    EvaluationFigures result = result("run").evaluation().orElseThrow();

    assertThat(run("evaluate", "run")).isZero();

    assertThat(console.output())
        .contains("after 20 steps, on 200 images")
        .containsPattern("top-1 +" + percent(result.top1()))
        .containsPattern("top-5 +" + percent(result.top5()))
        .containsPattern("loss +%.4f".formatted(result.loss()));
  }

  @Test
  void aFloatRunIsJudgedAsItsResultSays() throws IOException {
    train("float", FLOAT);
    EvaluationFigures result = result("float").evaluation().orElseThrow();

    assertThat(run("evaluate", "float", FLOAT)).isZero();

    assertThat(console.output()).containsPattern("top-1 +" + percent(result.top1()));
  }

  @Test
  void theConfusionMatrixCountsEveryImageOnceAndTheHitsOnItsDiagonal() throws IOException {
    train("run");

    assertThat(run("evaluate", "run")).isZero();

    long[][] counts = confusion();
    assertThat(counts).hasDimensions(10, 10);
    long hits = 0;
    for (int label = 0; label < counts.length; label++) {
      hits += counts[label][label];
    }
    assertThat(Arrays.stream(counts).flatMapToLong(Arrays::stream).sum()).isEqualTo(IMAGES);
    assertThat((double) hits / IMAGES).isEqualTo(result("run").evaluation().orElseThrow().top1());
    ConfusionMatrix kept = ConfusionMatrix.fromJson(text("run", "confusion.json"));
    assertThat(kept.step()).isEqualTo(20);
    assertThat(kept).isEqualTo(ConfusionMatrix.of(20, kept.classes(), counts));
  }

  @Test
  void theLayersOfAnEpochAreThoseOfItsSums() throws IOException {
    train("run");

    List<EpochMetrics> epochs =
        RunLog.read(Files.newBufferedReader(directory.resolve("run/metrics.jsonl"))).stream()
            .filter(EpochMetrics.class::isInstance)
            .map(EpochMetrics.class::cast)
            .toList();

    assertThat(epochs).hasSize(2);
    for (EpochMetrics epoch : epochs) {
      List<Double> resolutions =
          epoch.layers().resolutions().stream().map(LayerFigure::value).toList();
      assertThat(resolutions).contains(epoch.update().resolutions().minimum());
      assertThat(resolutions).contains(epoch.update().resolutions().maximum());
      assertThat(epoch.update().signFlipShare()).isPositive();
      assertThat(epoch.layers().signFlips())
          .anyMatch(layer -> layer.value() > epoch.update().signFlipShare())
          .anyMatch(layer -> layer.value() < epoch.update().signFlipShare());
    }
  }

  @Test
  void theEnvironmentOfARunIsKept() throws IOException {
    train("run");

    assertThat(Environment.fromJson(text("run", "environment.json")).facts())
        .containsKeys("java", "spark", "execution", "master", "parallelism");
  }

  @Test
  void metricsReadBackWithEveryStepAndTheLastEvaluationOfTheResult() throws IOException {
    train("run");

    List<Metrics> metrics =
        RunLog.read(Files.newBufferedReader(directory.resolve("run/metrics.jsonl")));

    assertThat(metrics.stream().filter(StepMetrics.class::isInstance).map(Metrics::step))
        .containsExactlyElementsOf(Stream.iterate(1L, step -> step + 1).limit(20).toList());
    assertThat(metrics.get(metrics.size() - 1)).isInstanceOf(EvaluationMetrics.class);
    assertThat(((EvaluationMetrics) metrics.get(metrics.size() - 1)).figures())
        .isEqualTo(result("run").evaluation().orElseThrow());
  }

  @Test
  void aFloatRunStartsAQuantizedOneWithResolutionsFromData() throws IOException {
    train("float", FLOAT);

    train("finetuned", "initial-weights.from=" + directory.resolve("float"));

    StepMetrics first = firstStep("finetuned");
    assertThat(first.update().resolutions().minimum()).isPositive();
    assertThat(first.update().resolutions().maximum())
        .isGreaterThan(first.update().resolutions().minimum());
    assertThat(firstStep("float").update().resolutions().maximum()).isZero();
    train("run");
    assertThat(first.fit().loss()).isNotEqualTo(firstStep("run").fit().loss());
  }

  @Test
  void theCheckpointOfAnotherArchitectureStartsNothingAndNamesTheParameters() throws IOException {
    train("float", FLOAT);

    int exitCode =
        run(
            "train",
            "other",
            "network.architecture=resnet20",
            "initial-weights.from=" + directory.resolve("float"));

    assertThat(exitCode).isEqualTo(6);
    assertThat(console.errors())
        .contains("bcgd: ", directory.resolve("float").toString())
        .contains("dense3/W is not in the network", "is missing")
        .doesNotContain("\tat org.bcgd");
    assertThat(result("other").exitCode()).isEqualTo(6);
  }

  /** Trains into a folder unless another test has. */
  private void train(String folder, String... more) {
    if (!Files.exists(directory.resolve(folder))) {
      assertThat(run("train", folder, more)).isZero();
    }
  }

  private int run(String verb, String folder, String... more) {
    return BcgdMain.run(Console.tiny(verb, directory.resolve(folder), more));
  }

  private Result result(String folder) throws IOException {
    return Result.fromJson(Files.readString(directory.resolve(folder).resolve("result.json")));
  }

  private String text(String folder, String name) throws IOException {
    return Files.readString(directory.resolve(folder).resolve(name));
  }

  private StepMetrics firstStep(String folder) throws IOException {
    Path metrics = directory.resolve(folder).resolve("metrics.jsonl");
    return (StepMetrics) RunLog.read(Files.newBufferedReader(metrics)).get(0);
  }

  /** The numbers below the header of the confusion matrix that was printed. */
  private long[][] confusion() {
    return console
        .output()
        .lines()
        .dropWhile(line -> !line.startsWith("label \\ answer"))
        .skip(1)
        .takeWhile(line -> !line.isBlank())
        .map(line -> line.substring(line.length() - line.replaceFirst("^\\D+", "").length()))
        .map(line -> Stream.of(line.trim().split(" +")).mapToLong(Long::parseLong).toArray())
        .toArray(long[][]::new);
  }

  private static String percent(double share) {
    return "%.2f %%".formatted(100 * share);
  }
}
