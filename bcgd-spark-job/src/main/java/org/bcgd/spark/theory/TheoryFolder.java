// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.theory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bcgd.spark.plot.Line;
import org.bcgd.spark.plot.LineChart;
import org.bcgd.spark.plot.Picture;
import org.bcgd.spark.storage.Folder;
import org.bcgd.theory.statement.Curve;
import org.bcgd.theory.statement.Figure;
import org.bcgd.theory.statement.Finding;
import org.bcgd.theory.statement.TheoryStudy;

/**
 * Where the checks of the theory are kept.
 *
 * <pre>
 *   theory.json    settings, software and every statement
 *   theory.csv     a line for each statement
 *   X.png, X.svg   a picture each
 * </pre>
 */
public record TheoryFolder(Folder folder) {

  private record Statement(
      String source,
      String claim,
      Finding.Relation relation,
      double predicted,
      double measured,
      double standardError,
      double allowed,
      boolean holds) {

    static Statement of(Finding finding) {
      return new Statement(
          finding.source(),
          finding.claim(),
          finding.relation(),
          finding.predicted(),
          finding.measured(),
          finding.standardError(),
          finding.allowed(),
          finding.holds());
    }

    String line() {
      return Stream.of(
              quoted(source),
              quoted(claim),
              quoted(relation.sign()),
              String.valueOf(predicted),
              String.valueOf(measured),
              String.valueOf(standardError),
              String.valueOf(holds))
          .collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
      return '"' + text.replace("\"", "\"\"") + '"';
    }
  }

  private record Document(
      TheoryStudy study, Map<String, String> software, List<Statement> statements) {}

  private static final String COLUMNS =
      "source,claim,relation,predicted,measured,standard error,holds";

  /** Writes statements and pictures. */
  public void write(TheoryStudy study, Map<String, String> software, List<Finding> findings) {
    List<Statement> statements = findings.stream().map(Statement::of).toList();
    write("theory.json", json(new Document(study, software, statements)));
    write(
        "theory.csv",
        Stream.concat(Stream.of(COLUMNS), statements.stream().map(Statement::line))
            .map(line -> line + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8));
    for (Figure figure : study.figures()) {
      Picture picture = chart(figure).draw();
      write(figure.name() + ".png", picture.png());
      write(figure.name() + ".svg", picture.svg());
    }
  }

  private void write(String name, byte[] bytes) {
    folder.write(name, out -> out.write(bytes));
  }

  private static byte[] json(Document document) {
    try {
      return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("names and numbers are always written", e);
    }
  }

  private static LineChart chart(Figure figure) {
    List<Curve> curves = figure.curves();
    List<Line> lines =
        IntStream.range(0, curves.size())
            .mapToObj(
                i -> new Line(curves.get(i).name(), curves.get(i).x(), curves.get(i).y(), i, false))
            .toList();
    return new LineChart(figure.title(), figure.x(), figure.y(), lines);
  }
}
