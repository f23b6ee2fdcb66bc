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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bcgd.spark.report.ConfusionMatrix;

/** What each class was taken for; of many classes those that were recognised worst. */
final class ConfusionTable {

  private static final int WIDEST = 20;

  private ConfusionTable() {}

  static DomContent of(ConfusionMatrix confusion) {
    return confusion.classes().size() <= WIDEST ? whole(confusion) : worst(confusion);
  }

  private static DomContent whole(ConfusionMatrix confusion) {
    List<String> classes = confusion.classes();
    return div(table(
                thead(tr(th("label \\ answer"), each(classes, name -> th(name)))),
                tbody(
                    each(
                        numbers(confusion),
                        label ->
                            tr(
                                th(classes.get(label)),
                                each(
                                    numbers(confusion),
                                    answer -> cell(confusion, label, answer))))))
            .withClass("confusion"))
        .withClass("wide");
  }

  private static DomContent cell(ConfusionMatrix confusion, int label, int answer) {
    long count = confusion.counts().get(label).get(answer);
    double share = images(confusion, label) == 0 ? 0 : (double) count / images(confusion, label);
    String shade = label == answer ? "--right" : "--wrong";
    return td("%,d".formatted(count))
        .withClass("number")
        .withStyle(
            String.format(
                Locale.ROOT,
                "background: color-mix(in srgb, var(%s) %.0f%%, transparent)",
                shade,
                100 * Math.sqrt(share) * 0.7));
  }

  private static DomContent worst(ConfusionMatrix confusion) {
    return HtmlTable.of(
        List.of("class", "images", "recognised", "most often taken for"),
        numbers(confusion).stream()
            .filter(label -> images(confusion, label) > 0)
            .sorted(Comparator.comparingDouble(label -> recall(confusion, label)))
            .limit(WIDEST)
            .map(label -> row(confusion, label))
            .toList());
  }

  private static List<String> row(ConfusionMatrix confusion, int label) {
    List<Long> counts = confusion.counts().get(label);
    int rival =
        numbers(confusion).stream()
            .filter(answer -> answer != label)
            .max(Comparator.comparingLong(counts::get))
            .orElseThrow();
    return List.of(
        confusion.classes().get(label),
        "%,d".formatted(images(confusion, label)),
        "%.1f %%".formatted(100 * recall(confusion, label)),
        "%s (%,d)".formatted(confusion.classes().get(rival), counts.get(rival)));
  }

  private static double recall(ConfusionMatrix confusion, int label) {
    return (double) confusion.counts().get(label).get(label) / images(confusion, label);
  }

  private static long images(ConfusionMatrix confusion, int label) {
    return confusion.counts().get(label).stream().mapToLong(Long::longValue).sum();
  }

  private static List<Integer> numbers(ConfusionMatrix confusion) {
    return IntStream.range(0, confusion.classes().size()).boxed().toList();
  }
}
