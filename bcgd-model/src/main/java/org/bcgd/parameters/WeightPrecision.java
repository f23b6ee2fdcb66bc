// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bcgd.quantization.WeightQuantizer;

/**
 * How the weights of a network are quantized: the projection, how far a scale reaches, and in which
 * layers. Without a quantizer all weights stay float32.
 */
public record WeightPrecision(
    Optional<WeightQuantizer> quantizer, Granularity granularity, LayerSelection selection) {

  /** How far one scale reaches. */
  public enum Granularity {
    /** One scale for a layer, as in the paper. */
    LAYER,
    /** One scale for each output channel of a layer. */
    CHANNEL
  }

  /** All weights in float32. */
  public static WeightPrecision floatingPoint() {
    return new WeightPrecision(Optional.empty(), Granularity.LAYER, new LayerSelection.All());
  }

  /** The slices of {@code layout} whose weights are quantized. */
  public Set<ParameterSlice> quantizedSlices(ParameterLayout layout) {
    Set<ParameterSlice> selected = new HashSet<>();
    if (quantizer.isPresent()) {
      List<ParameterSlice> weights = layout.withRole(ParameterRole.WEIGHT).toList();
      for (int i = 0; i < weights.size(); i++) {
        if (selection.selects(weights.get(i), i, weights.size())) {
          selected.add(weights.get(i));
        }
      }
    }
    return selected;
  }

  /** Number of scales of a quantized slice. */
  public int scales(ParameterSlice slice) {
    return granularity == Granularity.CHANNEL ? slice.outputs() : 1;
  }
}
