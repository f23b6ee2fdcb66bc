// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.data.SoftTargets;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where derivatives are true, they are the limit of difference quotients of the loss. */
class FiniteDifferenceTest {

  @ParameterizedTest
  @CsvSource({
    "LENET5, 1, 12, .*",
    "RESNET20, 3, 8, stage2/block1.*W",
    "RESNET18, 3, 32, (conv1|stage2/block1/shortcut/conv)/W"
  })
  void aFloatNetworkHasTrueGradients(
      Architecture architecture, int colours, int size, String slices) {
    ImageShape image = new ImageShape(colours, size, size);
    NetworkDefinition definition = architecture.define(image, 4, new NetworkActivation.Rectified());
    assertTrueGradients(definition, TestGraphs.batch(image, 8, 4, 2), slices);
  }

  @Test
  void soHasANetworkWithATeacher() {
    ImageShape image = new ImageShape(1, 12, 12);
    NetworkDefinition definition =
        Architecture.LENET5.define(image, 4, new NetworkActivation.Rectified());
    float[] teacher = new float[8 * 4];
    for (int i = 0; i < teacher.length; i++) {
      teacher[i] = (i % 4 + 1) / 10f;
    }
    Batch batch = TestGraphs.batch(image, 8, 4, 2).with(SoftTargets.of(teacher, 4, 0.7, 3));
    assertTrueGradients(definition, batch, ".*");
  }

  private static void assertTrueGradients(
      NetworkDefinition definition, Batch batch, String slices) {
    ParameterLayout layout = definition.layout();
    float[] weights = InitialWeights.draw(layout, 1);
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(definition, 2)) {
      float[] gradient = network.gradient(TestGraphs.floats(layout, weights), batch).sums();
      for (ParameterSlice slice : layout.slices()) {
        if (slice.name().matches(slices) && !slice.role().isRunningStatistic()) {
          assertSlope(network, layout, slice, weights, gradient, batch);
        }
      }
    }
  }

  /** Along the gradient itself the slope is its norm, which no wrong gradient of the slice has. */
  private static void assertSlope(
      Deeplearning4jNetwork network,
      ParameterLayout layout,
      ParameterSlice slice,
      float[] weights,
      float[] gradient,
      Batch batch) {
    double norm = 0;
    for (int i = slice.offset(); i < slice.end(); i++) {
      norm += (double) gradient[i] * gradient[i];
    }
    norm = Math.sqrt(norm);
    double step =
        0.02 / Math.max(norm, 10); // so short that few ReLUs switch, so long that floats tell
    float[] ahead = weights.clone();
    float[] behind = weights.clone();
    for (int i = slice.offset(); i < slice.end(); i++) {
      ahead[i] += (float) (step * gradient[i] / norm);
      behind[i] -= (float) (step * gradient[i] / norm);
    }
    double slope =
        (loss(network, layout, ahead, batch) - loss(network, layout, behind, batch)) / (2 * step);
    assertThat(slope).as(slice.name()).isCloseTo(norm, within(0.03 * norm + 0.003));
  }

  @ParameterizedTest
  @EnumSource
  void theExactDerivativeInTheResolutionIsTrueBetweenTheSteps(Rounding rounding) {
    ImageShape image = new ImageShape(1, 4, 4);
    NetworkDefinition definition =
        NetworkDefinition.of(
            "staircase",
            TestGraphs.empty(image)
                .addLayer(
                    "activation",
                    new QuantizedActivation(
                        new ActivationQuantizer(2, rounding),
                        CoarseDerivative.IDENTITY,
                        ResolutionDerivative.EXACT),
                    "image")
                .addLayer("classifier", TestGraphs.classifier(3), "activation")
                .setOutputs("classifier")
                .build(),
            image,
            3);
    ParameterLayout layout = definition.layout();
    RandomGenerator random = RandomKey.of(3).generator();
    float[] weights = TestGraphs.gaussians(layout.size(), random);
    weights[0] = 0.5f;
    Batch batch =
        new Batch(image, betweenSteps(5 * image.size(), random), new int[] {0, 1, 2, 1, 0});
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(definition, 1)) {
      float exact = network.gradient(TestGraphs.floats(layout, weights), batch).sums()[0];
      double step = 1e-3;
      float[] ahead = weights.clone();
      ahead[0] += (float) step;
      float[] behind = weights.clone();
      behind[0] -= (float) step;
      double slope =
          (loss(network, layout, ahead, batch) - loss(network, layout, behind, batch)) / (2 * step);
      assertThat(Math.abs(exact)).isGreaterThan(1);
      assertThat(slope).isCloseTo(exact, within(1e-3 * Math.abs(exact)));
    }
  }

  /** A quarter of a step beyond a level of α = 0.5: no change of α by 0.001 alters a code. */
  private static float[] betweenSteps(int size, RandomGenerator random) {
    float[] pixels = new float[size];
    for (int i = 0; i < size; i++) {
      pixels[i] = 0.5f * (random.nextInt(-2, 5) + 0.25f);
    }
    return pixels;
  }

  private static double loss(
      Deeplearning4jNetwork network, ParameterLayout layout, float[] weights, Batch batch) {
    return network.gradient(TestGraphs.floats(layout, weights), batch).meanLoss() * batch.size();
  }
}
