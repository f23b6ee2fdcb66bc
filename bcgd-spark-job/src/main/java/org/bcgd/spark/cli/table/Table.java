// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/**
 * A table of plain text. Columns are as wide as their widest cell; numbers are set to the right.
 *
 * @param header names of the columns
 * @param rows as many cells each as the header
 */
public record Table(List<String> header, List<List<String>> rows) {

  private static final int GAP = 2; // blanks between columns

  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells under a header of " + header.size());
      }
    }
  }

  /**
   * How often each class was taken for each: a row for each label, a column for each answer.
   *
   * @param counts [label, answer]
   */
  public static Table confusion(List<String> classes, long[][] counts) {
    List<String> header = new ArrayList<>(List.of("label \\ answer"));
    header.addAll(classes);
    List<List<String>> rows = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      List<String> row = new ArrayList<>(List.of(classes.get(label)));
      LongStream.of(counts[label]).mapToObj(Long::toString).forEach(row::add);
      rows.add(row);
    }
    return new Table(header, rows);
  }

  /** The table with one line for the header and one for each row. */
  @Override
  public String toString() {
    int[] widths = IntStream.range(0, header.size()).map(this::width).toArray(); // [columns]
    Column[] columns =
        IntStream.of(widths)
            .mapToObj(width -> new Column(width + GAP, 0, Column.Overflow.SPAN))
            .toArray(Column[]::new);
    TextTable table = TextTable.forColumns(new ColorScheme.Builder(Ansi.OFF).build(), columns);
    lines().forEach(line -> table.addRowValues(aligned(line, widths)));
    return table.toString();
  }

  private Stream<List<String>> lines() {
    return Stream.concat(Stream.of(header), rows.stream());
  }

  private int width(int column) {
    return lines().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private String[] aligned(List<String> line, int[] widths) {
    return IntStream.range(0, line.size())
        .mapToObj(column -> aligned(line.get(column), widths[column], column))
        .toArray(String[]::new);
  }

  private String aligned(String cell, int width, int column) {
    return isNumeric(column) ? " ".repeat(width - cell.length()) + cell : cell;
  }

  private boolean isNumeric(int column) {
    return rows.stream().allMatch(row -> row.get(column).matches("-?[0-9][0-9.,]*( %)?"));
  }
}
