// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed.benchmark;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bcgd.data.ImageShape;
import org.bcgd.data.transform.NoAugmentation;
import org.bcgd.data.transform.Normalization;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.engine.TestNetworks;
import org.bcgd.engine.folded.Folding;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.packed.PackedModel;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;

/** Packed models of drawn weights. */
final class DrawnModel {

  private DrawnModel() {}

  /** An architecture for square images of three channels, with binary weights and 4-bit codes. */
  static PackedModel of(String architecture, int size, int classes, LayerSelection selection) {
    NetworkDefinition network =
        Architecture.named(architecture)
            .define(new ImageShape(3, size, size), classes, TestNetworks.FOUR_BITS);
    WeightSnapshot weights =
        TestNetworks.weights(
            network,
            new WeightPrecision(
                Optional.of(new BinaryQuantizer()), WeightPrecision.Granularity.LAYER, selection));
    float[] halves = {0.5f, 0.5f, 0.5f};
    return new PackedModel(
        network.name(),
        Folding.of(GraphReader.read(network, slice -> weights.quantized(slice).isEmpty()), weights),
        IntStream.range(0, network.classes()).mapToObj(k -> "class " + k).toList(),
        new Preprocessing(network.image(), new Normalization(halves, halves), new NoAugmentation()),
        Map.of());
  }
}
