// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.Optional;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightPrecision.Granularity;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomGraphParityTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void aRandomGraphAgreesWithDeeplearning4j(long seed) {
    NetworkDefinition definition = RandomGraphs.draw(seed);
    new Parity(
            definition,
            TestNetworks.weights(definition, precision(seed)),
            TestNetworks.batch(RandomGraphs.IMAGE, 5, RandomGraphs.CLASSES, seed))
        .assertFloat32();
  }

  private static WeightPrecision precision(long seed) {
    WeightQuantizer quantizer = seed % 2 == 0 ? new BinaryQuantizer() : new TernaryQuantizer();
    return new WeightPrecision(
        seed % 5 == 0 ? Optional.empty() : Optional.of(quantizer),
        seed % 3 == 0 ? Granularity.CHANNEL : Granularity.LAYER,
        seed % 4 == 0 ? new LayerSelection.AllButFirstAndLast() : new LayerSelection.All());
  }
}
