// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Optional;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.Blending;
import org.bcgd.descent.Decay;
import org.bcgd.descent.DescentSettings;
import org.bcgd.descent.LearningRate;
import org.bcgd.descent.MasterState;
import org.bcgd.descent.ResolutionRule;
import org.bcgd.descent.WeightDecay;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two steps of BCGD and a classification, as PyTorch computes them in float64: every gradient,
 * batch statistic, renewed weight, momentum and resolution. The golden file lies beside the script
 * that wrote it.
 */
class PyTorchParityTest {

  private static final double TOLERANCE = 1e-5; // of a tensor's norm
  private static final ImageShape IMAGE = new ImageShape(3, 8, 8);
  private static final int CLASSES = 5;
  private static final NetworkDefinition DEFINITION = definition();
  private static final ParameterLayout LAYOUT = DEFINITION.layout();
  private static final BlendedCoarseGradientDescent DESCENT =
      new BlendedCoarseGradientDescent(
          LAYOUT,
          new WeightPrecision(
              Optional.of(new BinaryQuantizer()),
              WeightPrecision.Granularity.LAYER,
              new LayerSelection.All()),
          new DescentSettings(
              new LearningRate(0.05, new Decay.Constant(), 0),
              0.95,
              new WeightDecay(1e-3, 1e-3, 1e-3, 0),
              Blending.constant(0.01),
              Optional.empty(),
              new ResolutionRule(0.01, Double.POSITIVE_INFINITY, 1e-6, 1e6),
              0.9),
          1);

  private static GoldenFile golden;

  @BeforeAll
  static void readGoldenFile() throws IOException {
    golden = GoldenFile.read("/org/bcgd/network/golden/two-steps.txt");
  }

  @Test
  void twoStepsAndAClassificationAreThoseOfPyTorch() {
    MasterState state = MasterState.start(values("start/"));
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(DEFINITION, 1)) {
      for (int step = 1; step <= 2; step++) {
        GradientSum gradient = network.gradient(DESCENT.gradientPoint(state), batch(step));
        assertGradient(gradient, step);
        state =
            DESCENT.step(
                state, DESCENT.gradientPoint(state), gradient, MasterState.blank(LAYOUT.size()));
        assertState(state, "after" + step + "/");
      }
      float[] pixels = golden.values("classify/pixels");
      Batch batch = new Batch(IMAGE, pixels, new int[pixels.length / IMAGE.size()]);
      assertClose("classify/probabilities", network.classify(DESCENT.quantize(state), batch), 0, 1);
    }
  }

  private static void assertGradient(GradientSum gradient, int step) {
    String where = "step" + step + "/";
    for (ParameterSlice slice : LAYOUT.slices()) {
      double factor =
          slice.role().isRunningStatistic()
              ? gradient.statisticFactor()
              : gradient.gradientFactor();
      assertClose(where + "gradient/" + slice.name(), gradient.sums(), slice.offset(), factor);
    }
    assertThat(gradient.meanLoss()).isCloseTo(golden.value(where + "loss"), within(TOLERANCE));
    assertThat(gradient.accuracy() * gradient.samples())
        .isCloseTo(golden.value(where + "correct"), within(1e-9));
  }

  private static void assertState(MasterState state, String where) {
    for (ParameterSlice slice : LAYOUT.slices()) {
      assertClose(where + slice.name(), state.weights(), slice.offset(), 1);
      if (!slice.role().isRunningStatistic()) {
        assertClose(where + "momentum/" + slice.name(), state.momentum(), slice.offset(), 1);
      }
    }
  }

  /** ‖factor · actual − expected‖ ≤ tolerance · ‖expected‖. */
  private static void assertClose(String name, float[] actual, int from, double factor) {
    float[] expected = golden.values(name);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(factor * actual[from + i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertThat(norm).as("norm of %s", name).isPositive();
    assertThat(Math.sqrt(difference / norm)).as(name).isLessThan(TOLERANCE);
  }

  private static Batch batch(int step) {
    return new Batch(
        IMAGE,
        golden.values("step" + step + "/pixels"),
        golden.integers("step" + step + "/labels"));
  }

  /** The parameters that the file holds below a name, in the order of the layout. */
  private static float[] values(String where) {
    float[] values = new float[LAYOUT.size()];
    for (ParameterSlice slice : LAYOUT.slices()) {
      GoldenFile.Tensor tensor = golden.tensor(where + slice.name());
      assertThat(tensor.shape()).as(slice.name()).isEqualTo(slice.shape());
      System.arraycopy(tensor.values(), 0, values, slice.offset(), slice.length());
    }
    return values;
  }

  private static NetworkDefinition definition() {
    return NetworkDefinition.of(
        "golden",
        TestGraphs.empty(IMAGE)
            .addLayer("conv1", convolution(6, 1), "image")
            .addLayer("norm1", norm(), "conv1")
            .addLayer("activation1", activation(), "norm1")
            .addLayer(
                "pool1",
                new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
                "activation1")
            .addLayer("conv2", convolution(8, 0), "pool1")
            .addLayer("norm2", norm(), "conv2")
            .addLayer("activation2", activation(), "norm2")
            .addLayer("dense3", new DenseLayer.Builder().nOut(12).build(), "activation2")
            .addLayer("activation3", activation(), "dense3")
            .addLayer("classifier", TestGraphs.classifier(CLASSES), "activation3")
            .setOutputs("classifier")
            .build(),
        IMAGE,
        CLASSES);
  }

  private static ConvolutionLayer convolution(int channels, int padding) {
    return new ConvolutionLayer.Builder(3, 3)
        .padding(padding, padding)
        .nOut(channels)
        .hasBias(false)
        .build();
  }

  private static BatchNormalization norm() {
    return new BatchNormalization.Builder().eps(1e-5).build();
  }

  private static QuantizedActivation activation() {
    return new QuantizedActivation(
        new ActivationQuantizer(4, Rounding.UP),
        CoarseDerivative.CLIPPED_RELU,
        ResolutionDerivative.THREE_VALUED);
  }
}
