// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.page;

import java.util.List;
import java.util.stream.Collectors;
import org.bcgd.network.LayerSummary;

/** What every table of a network's layers begins with. */
public final class LayerColumns {

  /** The headings. */
  public static final List<String> NAMES =
      List.of(
          "layer", "type", "output", "parameters", "weight bits", "input bits", "multiply-adds");

  private LayerColumns() {}

  /**
   * The cells of a layer.
   *
   * @param times what stands between the sizes of its output
   */
  public static List<String> of(LayerSummary layer, String times) {
    boolean linear = layer.multiplyAdds() > 0;
    return List.of(
        layer.name(),
        layer.type(),
        layer.outputShape().stream().map(String::valueOf).collect(Collectors.joining(times)),
        layer.parameters() == 0 ? "" : "%,d".formatted(layer.parameters()),
        linear ? String.valueOf(layer.weightBits()) : "",
        linear ? String.valueOf(layer.inputBits()) : "",
        linear ? "%,d".formatted(layer.multiplyAdds()) : "");
  }
}
