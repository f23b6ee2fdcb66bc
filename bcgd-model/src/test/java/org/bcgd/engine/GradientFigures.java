// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.Optional;
import org.bcgd.data.ImageShape;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.quantization.BinaryQuantizer;

/** Prints what the engine finds fastest, and the sums of a step of a binary ResNet-20. */
final class GradientFigures {

  static final NetworkDefinition NETWORK =
      Architecture.RESNET20.define(new ImageShape(3, 16, 16), 10, TestNetworks.FOUR_BITS);

  private GradientFigures() {}

  public static void main(String[] arguments) {
    System.out.println(GradientPrecision.fastest());
    GradientSum gradient = gradient(GradientPrecision.fastest());
    System.out.println(gradient.meanLoss());
    for (float sum : gradient.sums()) {
      System.out.println(sum);
    }
  }

  static GradientSum gradient(GradientPrecision precision) {
    try (OneDnnNetwork engine = new OneDnnNetwork(NETWORK, new EngineSettings(2, precision))) {
      return engine.gradient(
          TestNetworks.weights(
              NETWORK,
              new WeightPrecision(
                  Optional.of(new BinaryQuantizer()),
                  WeightPrecision.Granularity.LAYER,
                  new LayerSelection.All())),
          TestNetworks.batch(NETWORK.image(), 4, 10, 3));
    }
  }
}
