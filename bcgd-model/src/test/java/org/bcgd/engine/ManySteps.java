// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.io.IOException;
import java.util.Optional;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;

/** Prints the resident kilobytes of its process after 1,000 and after 10,000 steps. */
final class ManySteps {

  private static final int FIRST = 1_000;
  private static final int ALL = 10_000;

  private ManySteps() {}

  public static void main(String[] arguments) throws IOException {
    ImageShape image = new ImageShape(1, 28, 28);
    NetworkDefinition definition = Architecture.LENET5.define(image, 3, TestNetworks.FOUR_BITS);
    WeightSnapshot weights =
        TestNetworks.weights(
            definition,
            new WeightPrecision(
                Optional.of(new BinaryQuantizer()),
                WeightPrecision.Granularity.LAYER,
                new LayerSelection.All()));
    Batch batch = TestNetworks.batch(image, 2, 3, 1);
    try (OneDnnNetwork engine =
        new OneDnnNetwork(definition, new EngineSettings(2, GradientPrecision.fastest()))) {
      for (int step = 1; step <= ALL; step++) {
        engine.gradient(weights, batch);
        if (step == FIRST || step == ALL) {
          System.out.println(ResidentMemory.kilobytes());
        }
      }
    }
  }
}
