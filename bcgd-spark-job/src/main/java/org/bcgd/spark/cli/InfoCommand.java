// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bcgd.network.LayerSummary;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.NetworkSummary;
import org.bcgd.spark.cli.arguments.SettingsArguments;
import org.bcgd.spark.cli.table.Table;
import org.bcgd.spark.page.LayerColumns;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.storage.Folder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what a network is made of and what it costs. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Layers, shapes, parameters, bits, operations and packed size of the network.")
final class InfoCommand implements Callable<Integer> {

  private static final List<String> COLUMNS =
      Stream.concat(LayerColumns.NAMES.stream(), Stream.of("bit operations")).toList();

  @Mixin private SettingsArguments arguments;

  @Override
  public Integer call() {
    Settings settings = arguments.read();
    NetworkDefinition network = settings.network(file -> Folder.textOf(file, SparkStart.hadoop()));
    NetworkSummary summary = NetworkSummary.of(network, settings.weights().precision());
    System.out.println(
        new Table(COLUMNS, summary.layers().stream().map(InfoCommand::row).toList()));
    System.out.printf(
        "%s: %,d parameters, %,d multiply-adds and %,d bit operations an image%n",
        network, summary.parameters(), summary.multiplyAdds(), summary.bitOperations());
    System.out.printf(
        "packed %,d bytes, in float32 %,d bytes: %.1f times smaller%n",
        summary.packedBytes(),
        summary.floatBytes(),
        (double) summary.floatBytes() / summary.packedBytes());
    return 0;
  }

  private static List<String> row(LayerSummary layer) {
    String operations = layer.multiplyAdds() > 0 ? "%,d".formatted(layer.bitOperations()) : "";
    return Stream.concat(LayerColumns.of(layer, " x ").stream(), Stream.of(operations)).toList();
  }
}
