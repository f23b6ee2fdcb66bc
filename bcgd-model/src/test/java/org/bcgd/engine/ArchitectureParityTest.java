// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.Optional;
import org.bcgd.data.ImageShape;
import org.bcgd.data.SoftTargets;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.quantization.BinaryQuantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One shipped architecture of each kind, on images as small as it allows; the deeper ones repeat
 * the same blocks.
 */
class ArchitectureParityTest {

  private static final int CLASSES = 10;
  private static final int BATCH = 4;
  private static final WeightPrecision BINARY =
      new WeightPrecision(
          Optional.of(new BinaryQuantizer()),
          WeightPrecision.Granularity.LAYER,
          new LayerSelection.All());

  @ParameterizedTest
  @EnumSource(names = {"LENET5", "VGG11", "RESNET20", "RESNET18"})
  void aBinaryNetworkOfFourBitActivationsAgreesWithDeeplearning4j(Architecture architecture) {
    Parity parity = parity(architecture, TestNetworks.FOUR_BITS, BINARY);
    parity.assertFloat32();
    parity.assertBfloat16();
  }

  @ParameterizedTest
  @EnumSource(names = {"LENET5", "RESNET20"})
  void aFloatNetworkAgreesWithDeeplearning4j(Architecture architecture) {
    parity(architecture, new NetworkActivation.Rectified(), WeightPrecision.floatingPoint())
        .assertFloat32();
  }

  @Test
  void whatATeacherSaysIsLearntAsDeeplearning4jLearnsIt() {
    ImageShape image = image(Architecture.RESNET20);
    NetworkDefinition definition =
        Architecture.RESNET20.define(image, CLASSES, TestNetworks.FOUR_BITS);
    float[] probabilities = new float[BATCH * CLASSES];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (i * 7 % 13 + 1) / 100f;
    }
    Parity parity =
        new Parity(
            definition,
            TestNetworks.weights(definition, BINARY),
            TestNetworks.batch(image, BATCH, CLASSES, 3)
                .with(SoftTargets.of(probabilities, CLASSES, 0.7, 4)));
    parity.assertFloat32();
    parity.assertBfloat16();
  }

  private static Parity parity(
      Architecture architecture, NetworkActivation activation, WeightPrecision precision) {
    ImageShape image = image(architecture);
    NetworkDefinition definition = architecture.define(image, CLASSES, activation);
    return new Parity(
        definition,
        TestNetworks.weights(definition, precision),
        TestNetworks.batch(image, BATCH, CLASSES, 3));
  }

  // Large enough that the last batch norm sees more than a handful of pixels.
  private static ImageShape image(Architecture architecture) {
    return switch (architecture) {
      case RESNET20 -> new ImageShape(3, 16, 16);
      case RESNET18 -> new ImageShape(3, 64, 64);
      default -> new ImageShape(3, 32, 32);
    };
  }
}
