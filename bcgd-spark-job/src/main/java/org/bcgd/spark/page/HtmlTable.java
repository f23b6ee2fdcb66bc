// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.page;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A table of text; columns of numbers are set to the right. */
final class HtmlTable {

  private static final Pattern NUMBER =
      Pattern.compile("|-?[0-9][0-9.,:]*( (%|min|h)( \\(.*\\))?)?");

  private HtmlTable() {}

  static DomContent of(List<String> header, List<List<String>> rows) {
    List<Boolean> numeric =
        IntStream.range(0, header.size()).mapToObj(column -> isNumeric(column, rows)).toList();
    return div(table(
            thead(tr(each(header, (i, name) -> aligned(th(name), numeric.get(i))))),
            tbody(
                each(rows, row -> tr(each(row, (i, cell) -> aligned(td(cell), numeric.get(i))))))))
        .withClass("wide");
  }

  private static DomContent aligned(ContainerTag<?> cell, boolean isNumber) {
    return isNumber ? cell.attr("class", "number") : cell;
  }

  private static boolean isNumeric(int column, List<List<String>> rows) {
    return rows.stream().map(row -> row.get(column)).allMatch(NUMBER.asMatchPredicate());
  }
}
