// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.bcgd.spark.report.ConfusionMatrix;
import org.bcgd.spark.report.Figures;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page on runs, from the folders that trainings leave. */
class ReportTest {

  private static final Pattern PICTURE = Pattern.compile("data:image/svg\\+xml;base64,([^\"]+)");

  @TempDir Path directory;
  @RegisterExtension final Console console = new Console();

  @Test
  void aTrainedRunIsToldOnOnePage() throws IOException {
    assertThat(BcgdMain.run(Console.tiny("train", directory.resolve("run")))).isZero();

    assertThat(report(directory.resolve("run").toString())).isZero();

    String page = Files.readString(directory.resolve("run/report.html"));
    assertThat(page)
        .contains("<h1>run</h1>", "completed", "BCGD (ρ = 1.0E-5)")
        .contains("conv1", "activation3", "QuantizedActivation", "117,600")
        .contains("Confusion after step 20", "Ankle boot")
        .contains("Environment", "local[", "augmentation")
        .contains("prefers-color-scheme: dark", "@media print");
    assertThat(titles(page))
        .contains("Loss", "Top-1", "Learning rate", "Resolution α of each activation");
    for (String picture : List.of("loss", "top1", "alpha", "layer-flips", "phases")) {
      Path png = directory.resolve("run/report-" + picture + ".png");
      assertThat(ImageIO.read(png.toFile())).isNotNull();
      assertThat(directory.resolve("run/report-" + picture + ".svg")).content().contains("<svg");
    }
  }

  @Test
  void nothingOnThePageIsFetched() throws IOException {
    write("run", Figures.step(1, 0), Figures.epoch(1, 0), Figures.evaluation(1, 0));

    assertThat(report(at("run"), "--output", at("page.html"))).isZero();

    String page = Files.readString(directory.resolve("page.html"));
    assertThat(page.replaceAll("data:image/svg\\+xml;base64,[^\"]+", ""))
        .doesNotContain("http:", "https:", "src=\"/", "href", "url(", "@import");
    Matcher pictures = PICTURE.matcher(page);
    int count = 0;
    for (; pictures.find(); count++) {
      String svg =
          new String(Base64.getDecoder().decode(pictures.group(1)), StandardCharsets.UTF_8);
      assertThat(svg).contains("<svg").doesNotContain("<image", "xlink:href");
    }
    assertThat(count).isGreaterThan(5);
  }

  @Test
  void whatAPersonWroteIsShownAsText() throws IOException {
    String evil = "<script>alert('&')</script>";
    write("run", Figures.step(1, 0));
    Files.writeString(directory.resolve("run/settings.conf"), "name = \"" + evil + "\"");
    Files.writeString(
        directory.resolve("run/confusion.json"),
        ConfusionMatrix.of(1, List.of(evil, "b\"c"), new long[][] {{1, 2}, {3, 4}}).toJson());

    assertThat(report(at("run"))).isZero();

    assertThat(Files.readString(directory.resolve("run/report.html")))
        .doesNotContain("<script")
        .contains("&lt;script&gt;alert(", "The settings do not tell the layers");
  }

  @Test
  void severalRunsLieSideBySide() throws IOException {
    write("first", Figures.step(1, 0), Figures.epoch(1, 0), Figures.evaluation(1, 0));
    write("second", Figures.step(1, 0), Figures.epoch(1, 0), Figures.evaluation(1, 0));

    assertThat(report(at("first"), at("second"), "--output", at("both.html"))).isZero();

    String page = Files.readString(directory.resolve("both.html"));
    assertThat(page).contains("<h1>first, second</h1>", "<h2>first</h2>", "<h2>second</h2>");
    assertThat(titles(page)).filteredOn("Loss"::equals).hasSize(1);
    assertThat(titles(page)).filteredOn("Resolution α of each activation"::equals).hasSize(2);
    assertThat(directory.resolve("both-loss.png")).exists();
    assertThat(directory.resolve("both-run2-alpha.svg")).exists();
  }

  @Test
  void runsOfOneNameAreToldApartAndAFolderIsShownOnce() throws IOException {
    write("a/run", Figures.step(1, 0));
    write("b/run", Figures.step(1, 0));

    assertThat(report(at("a/run"), at("b/run"), at("a/run") + "/", "--output", at("page.html")))
        .isZero();

    assertThat(Files.readString(directory.resolve("page.html")))
        .containsOnlyOnce("a/run</h2>")
        .containsOnlyOnce("b/run</h2>");
  }

  @Test
  void aRunThatWasCutShortIsToldAsFarAsItGot() throws IOException {
    write("run", Figures.step(1, 0), Figures.step(2, 0));
    Path metrics = directory.resolve("run/metrics.jsonl");
    Files.writeString(metrics, Files.readString(metrics) + "{\"kind\":\"st");

    assertThat(report(at("run"))).isZero();

    String page = Files.readString(directory.resolve("run/report.html"));
    assertThat(page).contains("not ended");
    assertThat(titles(page)).contains("Training loss by step").doesNotContain("Loss");
  }

  @Test
  void missingEmptyAndDamagedMetricsAreToldInOneMessage() throws IOException {
    assertThat(report(at("nowhere"))).isEqualTo(7);
    assertThat(console.errors()).contains("There is no metrics.jsonl in", "nowhere");
    write("empty");
    assertThat(report(at("empty"))).isEqualTo(7);
    assertThat(console.errors()).contains("holds no line of metrics yet");
    write("damaged", Figures.step(1, 0));
    Path metrics = directory.resolve("damaged/metrics.jsonl");
    Files.writeString(metrics, "{oops}\n" + Files.readString(metrics));
    assertThat(report(at("damaged"))).isEqualTo(7);
    assertThat(console.errors())
        .contains("metrics.jsonl is damaged, line 1: {oops}")
        .doesNotContain("\tat org.bcgd");
  }

  private int report(String... arguments) {
    List<String> all = new ArrayList<>(List.of("report"));
    all.addAll(List.of(arguments));
    return BcgdMain.run(all.toArray(String[]::new));
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private void write(String run, Metrics... lines) throws IOException {
    Files.createDirectories(directory.resolve(run));
    try (RunLog log =
        new RunLog(Files.newBufferedWriter(directory.resolve(run).resolve("metrics.jsonl")))) {
      for (Metrics line : lines) {
        log.write(line);
      }
    }
  }

  private static List<String> titles(String page) {
    return Pattern.compile("alt=\"([^\"]+)\"")
        .matcher(page)
        .results()
        .map(m -> m.group(1))
        .toList();
  }
}
