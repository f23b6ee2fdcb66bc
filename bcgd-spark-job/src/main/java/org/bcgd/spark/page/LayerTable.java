// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.page;

import static j2html.TagCreator.p;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.failure.UserErrorException;
import org.bcgd.network.LayerSummary;
import org.bcgd.network.NetworkSummary;
import org.bcgd.spark.report.metrics.LayerFigure;
import org.bcgd.spark.report.metrics.LayerFigures;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.storage.Folder;

/** The layers of a run: what its settings say of them, and what its last epoch measured. */
final class LayerTable {

  private static final List<String> COLUMNS =
      Stream.concat(
              LayerColumns.NAMES.stream(),
              Stream.of("packed bytes", "α", "sign flips of the last epoch"))
          .toList();

  private LayerTable() {}

  static DomContent of(RunRecord run, Configuration hadoop) {
    if (run.settings().isEmpty()) {
      return p("The run folder holds no settings, which would tell the layers.");
    }
    try {
      Settings settings = Settings.parse(run.settings().orElseThrow(), run.folder(), List.of());
      NetworkSummary network =
          NetworkSummary.of(
              settings.network(file -> Folder.textOf(file, hadoop)),
              settings.weights().precision());
      return table(network, measured(run));
    } catch (UserErrorException e) {
      return p("The settings do not tell the layers: " + e.getMessage());
    }
  }

  private static DomContent table(NetworkSummary network, LayerFigures measured) {
    List<List<String>> rows =
        new ArrayList<>(network.layers().stream().map(layer -> row(layer, measured)).toList());
    rows.add(
        List.of(
            "in all",
            "",
            "",
            "%,d".formatted(network.parameters()),
            "",
            "",
            "%,d".formatted(network.multiplyAdds()),
            "%,d".formatted(network.packedBytes()),
            "",
            ""));
    return HtmlTable.of(COLUMNS, rows);
  }

  private static List<String> row(LayerSummary layer, LayerFigures measured) {
    return Stream.concat(
            LayerColumns.of(layer, " × ").stream(),
            Stream.of(
                layer.packedBytes() == 0 ? "" : "%,d".formatted(layer.packedBytes()),
                figure("%.4f", 1, layer, measured.resolutions()),
                figure("%.3f %%", 100, layer, measured.signFlips())))
        .toList();
  }

  private static String figure(
      String format, double factor, LayerSummary layer, List<LayerFigure> figures) {
    return figures.stream()
        .filter(figure -> figure.layer().equals(layer.name()))
        .map(figure -> format.formatted(factor * figure.value()))
        .findFirst()
        .orElse("");
  }

  private static LayerFigures measured(RunRecord run) {
    return run.epochs().isEmpty()
        ? LayerFigures.NONE
        : run.epochs().get(run.epochs().size() - 1).layers();
  }
}
