// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.page;

import static j2html.TagCreator.body;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.img;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.title;

import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.spark.plot.LineChart;
import org.bcgd.spark.plot.Picture;
import org.bcgd.spark.report.Result;

/**
 * The page on one run, or on several side by side. All that it shows is inside it; nothing is
 * fetched.
 */
public final class RunPage {

  private final List<RunRecord> runs;
  private final Configuration hadoop;
  private final Map<String, Picture> pictures = new LinkedHashMap<>(); // by name of file
  private final String text;

  /** Draws the page on these runs, at least one. */
  public RunPage(List<RunRecord> runs, Configuration hadoop) {
    this.runs = distinct(runs);
    this.hadoop = hadoop;
    this.text = "<!DOCTYPE html>\n" + whole().render();
  }

  /** The page. */
  public String text() {
    return text;
  }

  /** Its pictures by name, without ending. */
  public Map<String, Picture> pictures() {
    return Map.copyOf(pictures);
  }

  /** Each folder once; runs with the same name are told apart by their folders. */
  private static List<RunRecord> distinct(List<RunRecord> runs) {
    Map<String, RunRecord> byFolder = new LinkedHashMap<>();
    runs.forEach(run -> byFolder.putIfAbsent(run.folder(), run));
    Map<String, Long> count =
        byFolder.values().stream()
            .collect(Collectors.groupingBy(RunRecord::name, Collectors.counting()));
    return byFolder.values().stream()
        .map(run -> count.get(run.name()) > 1 ? run.named(run.folder()) : run)
        .toList();
  }

  private DomContent whole() {
    String heading = runs.stream().map(RunRecord::name).collect(Collectors.joining(", "));
    return html(
            head(
                meta().withCharset("utf-8"),
                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                title(heading),
                style(rawHtml(styles()))),
            body(
                main(
                    h1(heading),
                    SummaryTable.ofRuns(runs),
                    each(runs, RunPage::failure),
                    charts("", RunCharts.compared(runs)),
                    each(runs, this::single))))
        .withLang("en");
  }

  private static DomContent failure(RunRecord run) {
    return each(
        run.result().flatMap(Result::failure).stream().toList(),
        message -> p(run.name() + ": " + message).withClass("failure"));
  }

  private DomContent single(RunRecord run) {
    List<DomContent> parts = new ArrayList<>();
    parts.add(h2(run.name()));
    parts.add(p(run.folder()).withClass("folder"));
    String prefix = runs.size() == 1 ? "" : "run%d-".formatted(runs.indexOf(run) + 1);
    parts.add(charts(prefix, RunCharts.single(run)));
    parts.add(h3("Layers"));
    parts.add(LayerTable.of(run, hadoop));
    run.confusion()
        .ifPresent(
            confusion -> {
              parts.add(h3("Confusion after step %,d".formatted(confusion.step())));
              parts.add(ConfusionTable.of(confusion));
            });
    parts.add(h3("Where the time went"));
    parts.add(SummaryTable.ofPhases(run));
    run.environment()
        .ifPresent(
            environment -> {
              parts.add(h3("Environment"));
              parts.add(
                  HtmlTable.of(
                      List.of("what", "value"),
                      environment.facts().entrySet().stream()
                          .map(fact -> List.of(fact.getKey(), fact.getValue()))
                          .toList()));
            });
    run.settings()
        .ifPresent(settings -> parts.add(details(summary("Settings"), pre(settings)).attr("open")));
    return section(parts.toArray(DomContent[]::new));
  }

  private DomContent charts(String prefix, Map<String, LineChart> charts) {
    return div(each(charts, (name, chart) -> picture(prefix + name, chart))).withClass("charts");
  }

  private DomContent picture(String name, LineChart chart) {
    Picture picture = chart.draw();
    pictures.put(name, picture);
    return figure(
        img()
            .withSrc(
                "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(picture.svg()))
            .withAlt(chart.title()));
  }

  private static String styles() {
    try (InputStream in = RunPage.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style sheet of the page cannot be read", e);
    }
  }
}
