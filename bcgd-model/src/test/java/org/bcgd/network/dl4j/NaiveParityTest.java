// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Deeplearning4j against plain loops: every gradient, both batch statistics, loss, hits and
 * classification.
 */
class NaiveParityTest {

  private static final int SAMPLES = 4;
  private static final int CLASSES = 3;
  private static final ImageShape IMAGE = new ImageShape(1, 6, 5);
  private static final double TOLERANCE = 2e-5;

  static List<NaiveNetwork> networks() {
    List<NaiveNetwork> networks = new ArrayList<>();
    for (CoarseDerivative derivative : CoarseDerivative.values()) {
      for (ResolutionDerivative resolutionDerivative : ResolutionDerivative.values()) {
        networks.add(
            new NaiveNetwork(
                SAMPLES,
                IMAGE.height(),
                IMAGE.width(),
                2,
                CLASSES,
                new ActivationQuantizer(2, Rounding.UP),
                derivative,
                resolutionDerivative));
      }
    }
    return networks;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyGradientStatisticAndProbabilityIsThatOfPlainLoops(NaiveNetwork naive) {
    NetworkDefinition definition =
        NetworkDefinition.of("naive", TestGraphs.naive(naive).build(), IMAGE, CLASSES);
    ParameterLayout layout = definition.layout();
    RandomGenerator random = RandomKey.of(7).generator();
    float[] values = TestGraphs.gaussians(layout.size(), random);
    values[layout.find("activation/alpha").orElseThrow().offset()] = 0.55f;
    Batch batch = TestGraphs.batch(IMAGE, SAMPLES, CLASSES, 11);
    load(naive, layout, values);
    naive.forward(batch.pixels(), batch.labels());
    naive.backward(batch.pixels(), batch.labels());

    GradientSum gradient;
    float[] probabilities;
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(definition, 1)) {
      gradient = network.gradient(TestGraphs.floats(layout, values), batch);
      write(layout, values, "norm/mean", naive.mean);
      write(layout, values, "norm/var", naive.variance);
      probabilities = network.classify(TestGraphs.floats(layout, values), batch);
    }

    for (int i = 0; i < probabilities.length; i++) {
      assertThat(probabilities[i]).isCloseTo((float) naive.probabilities[i], within(1e-5f));
    }
    assertSlice(layout, gradient, "conv/b", naive.biasGradient);
    assertSlice(layout, gradient, "conv/W", naive.kernelGradient);
    assertSlice(layout, gradient, "norm/gamma", naive.gammaGradient);
    assertSlice(layout, gradient, "norm/beta", naive.betaGradient);
    assertSlice(layout, gradient, "norm/mean", naive.mean);
    assertSlice(layout, gradient, "norm/var", naive.variance);
    assertSlice(layout, gradient, "activation/alpha", naive.resolutionGradient);
    assertSlice(layout, gradient, "classifier/W", naive.weightsGradient);
    assertSlice(layout, gradient, "classifier/b", naive.offsetsGradient);
    assertThat(gradient.meanLoss()).isCloseTo(naive.loss / SAMPLES, within(TOLERANCE));
    assertThat(gradient.accuracy()).isEqualTo(accuracy(naive, batch.labels()));
    assertThat(gradient.samples()).isEqualTo(SAMPLES);
    assertThat(gradient.statisticFactor()).isEqualTo(1);
  }

  private static void load(NaiveNetwork naive, ParameterLayout layout, float[] values) {
    naive.bias = slice(layout, values, "conv/b");
    naive.kernel = slice(layout, values, "conv/W");
    naive.gamma = slice(layout, values, "norm/gamma");
    naive.beta = slice(layout, values, "norm/beta");
    naive.resolution = (float) slice(layout, values, "activation/alpha")[0];
    naive.weights = slice(layout, values, "classifier/W");
    naive.offsets = slice(layout, values, "classifier/b");
  }

  private static double[] slice(ParameterLayout layout, float[] values, String name) {
    ParameterSlice slice = layout.find(name).orElseThrow();
    double[] part = new double[slice.length()];
    for (int i = 0; i < part.length; i++) {
      part[i] = values[slice.offset() + i];
    }
    return part;
  }

  private static void assertSlice(
      ParameterLayout layout, GradientSum gradient, String name, double... expected) {
    assertThat(slice(layout, gradient.sums(), name))
        .as(name)
        .containsExactly(expected, within(TOLERANCE));
  }

  private static void write(
      ParameterLayout layout, float[] values, String name, double[] statistic) {
    int offset = layout.find(name).orElseThrow().offset();
    for (int i = 0; i < statistic.length; i++) {
      values[offset + i] = (float) statistic[i];
    }
  }

  private static double accuracy(NaiveNetwork naive, int[] labels) {
    double correct = 0;
    for (int n = 0; n < SAMPLES; n++) {
      int best = 0;
      for (int k = 1; k < CLASSES; k++) {
        if (naive.probabilities[n * CLASSES + k] > naive.probabilities[n * CLASSES + best]) {
          best = k;
        }
      }
      correct += best == labels[n] ? 1 : 0;
    }
    return correct / SAMPLES;
  }
}
