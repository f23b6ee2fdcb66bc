// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;
import static org.bcgd.spark.settings.hocon.ValueType.text;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import java.util.Optional;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.spark.settings.hocon.Section;
import org.bcgd.spark.settings.hocon.ValueType;

/**
 * Section {@code network}: one of the shipped architectures or a graph of the user's own, never
 * both.
 *
 * @param architecture a shipped one
 * @param graph a file with a Deeplearning4j computation graph configuration in JSON
 * @param classes number of labels
 */
public record NetworkSettings(
    Optional<Architecture> architecture, Optional<String> graph, int classes) {

  static NetworkSettings read(Section network) {
    NetworkSettings settings =
        new NetworkSettings(
            network.optional("architecture", choice(Architecture.class)),
            network.optional("graph", text("my-network.json")),
            network.required("classes", wholeNumber(2, 1_000_000, 10)));
    network.check(
        settings.architecture.isPresent() != settings.graph.isPresent(),
        "needed is exactly one of the two, such as architecture = resnet20",
        "architecture",
        "graph");
    return settings;
  }

  /** The name of the architecture, or the file of the graph. */
  public String title() {
    return architecture.map(ValueType::nameOf).or(() -> graph).orElseThrow();
  }
}
