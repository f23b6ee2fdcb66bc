// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.junit.jupiter.api.Test;

/** A convolution, a quantized activation and a classifier, small enough for pencil and paper. */
class HandComputedStepTest {

  private static final Offset<Float> ROUNDING = within(1e-6f);
  private static final ImageShape IMAGE = new ImageShape(1, 2, 2);

  private static ComputationGraphConfiguration graph() {
    return TestGraphs.empty(IMAGE)
        .addLayer(
            "conv", new ConvolutionLayer.Builder(2, 2).nOut(1).hasBias(false).build(), "image")
        .addLayer(
            "activation",
            new QuantizedActivation(
                new ActivationQuantizer(2, Rounding.UP),
                CoarseDerivative.CLIPPED_RELU,
                ResolutionDerivative.THREE_VALUED),
            "conv")
        .addLayer("classifier", TestGraphs.classifier(2), "activation")
        .setOutputs("classifier")
        .build();
  }

  // image x = (0.5, 1, 1, 0.5), weights w = (0.5, -0.5, 0.5, 0.5), a convolution of one position:
  //   z = 0.25 - 0.5 + 0.5 + 0.25 = 0.5
  // staircase of 2 bits, L = 3, alpha = 0.4: z / alpha = 1.25 lies in (1, 2], so y = 2 * 0.4 = 0.8
  // classifier with weights (1, -1) and biases 0: outputs 0.8 and -0.8
  //   p0 = 1 / (1 + exp(-1.6)) = 1 / 1.20189652 = 0.83201839,  p1 = 0.16798161
  // label 1: loss = -ln 0.16798161 = ln(1 + exp(1.6)) = ln 5.95303242 = 1.78390077, a miss
  //   d(outputs) = (p0, p1 - 1) = (0.83201839, -0.83201839)
  //   d(weights) = 0.8 * d(outputs) = (0.66561471, -0.66561471)
  //   dy = 1 * 0.83201839 + (-1) * (-0.83201839) = 1.66403678
  // 0 < z <= L * alpha = 1.2: mu' = 1, and the three-valued derivative is (L + 1) / 2 = 2
  //   d(alpha) = 2 * 1.66403678 = 3.32807356,  dz = 1.66403678
  //   dw = dz * x = (0.83201839, 1.66403678, 1.66403678, 0.83201839)
  @Test
  void aStepIsWhatPencilAndPaperGive() {
    NetworkDefinition definition = NetworkDefinition.of("tiny", graph(), IMAGE, 2);
    ParameterLayout layout = definition.layout();
    float[] weights = {0.5f, -0.5f, 0.5f, 0.5f, 0.4f, 1, -1, 0, 0};
    Batch batch = new Batch(IMAGE, new float[] {0.5f, 1, 1, 0.5f}, new int[] {1});

    GradientSum gradient;
    float[] probabilities;
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(definition, 1)) {
      gradient = network.gradient(TestGraphs.floats(layout, weights), batch);
      probabilities = network.classify(TestGraphs.floats(layout, weights), batch);
    }

    assertThat(gradient.sums())
        .containsExactly(
            new float[] {
              0.83201839f,
              1.66403678f,
              1.66403678f,
              0.83201839f, // conv/W
              3.32807356f, // activation/alpha
              0.66561471f,
              -0.66561471f, // classifier/W
              0.83201839f,
              -0.83201839f // classifier/b
            },
            ROUNDING);
    assertThat(gradient.meanLoss()).isCloseTo(1.78390077, within(1e-6));
    assertThat(gradient.accuracy()).isZero();
    assertThat(probabilities).containsExactly(new float[] {0.83201839f, 0.16798161f}, ROUNDING);
  }
}
