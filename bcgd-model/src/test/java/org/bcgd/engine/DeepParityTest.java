// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.dl4j.AwayFromEdges;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.quantization.BinaryQuantizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The deeper architectures that are shipped. A value within rounding of the edge of a step would
 * fall to one side here and to the other there, and change all that follows; so the resolutions are
 * chosen such that there is none.
 */
class DeepParityTest {

  private static final int CLASSES = 10;

  /** Some times what rounding in float32 changes of what enters a staircase here. */
  private static final double LEAST_MARGIN = 1e-6;

  @ParameterizedTest
  @CsvSource({
    "RESNET32, 16, 2, 3",
    "RESNET44, 16, 2, 3",
    "RESNET56, 16, 2, 3",
    "RESNET34, 48, 2, 4"
  })
  void aDeepNetworkAgreesWithDeeplearning4jWhereNothingLiesOnAnEdge(
      Architecture architecture, int side, int images, long seed) {
    ImageShape image = new ImageShape(3, side, side);
    NetworkDefinition definition = architecture.define(image, CLASSES, TestNetworks.FOUR_BITS);
    Batch batch = TestNetworks.batch(image, images, CLASSES, seed);
    AwayFromEdges.Result start =
        AwayFromEdges.choose(
            definition,
            TestNetworks.weights(
                definition,
                new WeightPrecision(
                    Optional.of(new BinaryQuantizer()),
                    WeightPrecision.Granularity.LAYER,
                    new LayerSelection.All())),
            batch);
    assertThat(start.margin()).isGreaterThan(LEAST_MARGIN);

    Parity parity = new Parity(definition, start.weights(), batch);
    parity.assertFloat32();
    parity.assertBfloat16();
  }
}
