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

import j2html.tags.DomContent;
import java.util.List;

/** A table of text; cells that begin with a digit are set to the right. */
final class HtmlTable {

  private HtmlTable() {}

  static DomContent of(List<String> header, List<List<String>> rows) {
    return div(table(
            thead(tr(each(header, name -> th(name)))),
            tbody(each(rows, row -> tr(each(row, HtmlTable::cell))))))
        .withClass("wide");
  }

  private static DomContent cell(String text) {
    boolean isNumber = text.matches("[-+]?[0-9].*");
    return isNumber ? td(text).withClass("number") : td(text);
  }
}
