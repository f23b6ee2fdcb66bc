// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.randomness.RandomKey;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class OneDnnNetworkTest {

  private static final ImageShape IMAGE = new ImageShape(3, 16, 16);
  private static final EngineSettings FAST = new EngineSettings(2, GradientPrecision.BFLOAT16);
  private static final WeightPrecision BINARY =
      new WeightPrecision(
          Optional.of(new BinaryQuantizer()),
          WeightPrecision.Granularity.LAYER,
          new LayerSelection.All());

  /** Kilobytes by which the resident memory may grow because Java first touches its own heap. */
  private static final long HEAP_NOISE = 600_000;

  private final NetworkDefinition quantized =
      Architecture.RESNET20.define(IMAGE, 10, TestNetworks.FOUR_BITS);
  private final WeightSnapshot weights = TestNetworks.weights(quantized, BINARY);
  private final Batch batch = TestNetworks.batch(IMAGE, 7, 10, 1);

  @Test
  void twoEnginesAndTwoStepsGiveTheSameBits() {
    try (OneDnnNetwork engine = new OneDnnNetwork(quantized, FAST);
        OneDnnNetwork other = new OneDnnNetwork(quantized, FAST)) {
      float[] first = engine.gradient(weights, batch).sums();
      for (int step = 0; step < 20; step++) {
        assertThat(Arrays.equals(engine.gradient(weights, batch).sums(), first)).isTrue();
      }
      assertThat(Arrays.equals(other.gradient(weights, batch).sums(), first)).isTrue();
    }
  }

  @Test
  void aSpareGradientIsOverwrittenWhateverItHolds() {
    try (OneDnnNetwork engine = new OneDnnNetwork(quantized, FAST)) {
      float[] spare = new float[quantized.layout().size()];
      Arrays.fill(spare, Float.NaN);
      assertThat(engine.gradient(weights, batch, spare).sums())
          .isSameAs(spare)
          .containsExactly(engine.gradient(weights, batch).sums());
    }
  }

  @Test
  void moreThreadsThanImagesAreNoMistake() {
    Batch single = TestNetworks.batch(IMAGE, 1, 10, 1);
    try (OneDnnNetwork engine = new OneDnnNetwork(quantized, FAST);
        OneDnnNetwork alone =
            new OneDnnNetwork(quantized, new EngineSettings(1, GradientPrecision.BFLOAT16))) {
      assertThat(engine.classify(weights, single)).containsExactly(alone.classify(weights, single));
    }
  }

  @Test
  void classifyingDoesNotDisturbTraining() {
    try (OneDnnNetwork engine = new OneDnnNetwork(quantized, FAST)) {
      float[] before = engine.gradient(weights, batch).sums();
      engine.classify(weights, batch);
      assertThat(Arrays.equals(engine.gradient(weights, batch).sums(), before)).isTrue();
    }
  }

  @Test
  void theGradientOfAFloatNetworkIsTheSlopeOfItsLoss() {
    NetworkDefinition definition =
        Architecture.LENET5.define(IMAGE, 10, new NetworkActivation.Rectified());
    ParameterLayout layout = definition.layout();
    WeightSnapshot point = TestNetworks.weights(definition, WeightPrecision.floatingPoint());
    EngineSettings settings = new EngineSettings(2, GradientPrecision.FLOAT32);
    try (OneDnnNetwork engine = new OneDnnNetwork(definition, settings)) {
      GradientSum gradient = engine.gradient(point, batch);
      for (ParameterSlice slice : layout.slices()) {
        if (!slice.role().isRunningStatistic()) {
          float[] direction = direction(layout, slice);
          double slope = 0;
          for (int i = slice.offset(); i < slice.end(); i++) {
            slope += (double) gradient.sums()[i] * direction[i] / batch.size();
          }
          double step = 1e-3;
          double measured =
              (loss(engine, point, direction, step) - loss(engine, point, direction, -step))
                  / (2 * step);
          assertThat(slope).as(slice.name()).isCloseTo(measured, within(5e-3));
        }
      }
    }
  }

  private double loss(OneDnnNetwork engine, WeightSnapshot point, float[] direction, double step) {
    float[] moved = point.values().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    return engine
        .gradient(
            TestNetworks.project(point.layout(), WeightPrecision.floatingPoint(), moved), batch)
        .meanLoss();
  }

  /** A unit vector within a slice. */
  private static float[] direction(ParameterLayout layout, ParameterSlice slice) {
    float[] direction = new float[layout.size()];
    RandomGenerator random = RandomKey.of(slice.offset()).generator();
    double norm = 0;
    for (int i = slice.offset(); i < slice.end(); i++) {
      direction[i] = (float) random.nextGaussian();
      norm += direction[i] * direction[i];
    }
    for (int i = slice.offset(); i < slice.end(); i++) {
      direction[i] /= (float) Math.sqrt(norm);
    }
    return direction;
  }

  @Test
  void whatIsReservedIsWhatAStepAndAnEvaluationHold() {
    ImageShape shape = new ImageShape(3, 32, 32);
    NetworkDefinition definition = Architecture.VGG11.define(shape, 10, TestNetworks.FOUR_BITS);
    WeightSnapshot point = TestNetworks.weights(definition, BINARY);
    try (OneDnnNetwork planned = new OneDnnNetwork(definition, FAST);
        OneDnnNetwork engine = new OneDnnNetwork(definition, FAST)) {
      long training = planned.reserveGradient(point, 4);
      long both = planned.reserveClassify(point, 6);

      engine.gradient(point, TestNetworks.batch(shape, 4, 10, 1));
      assertThat(engine.nativeBytes()).isEqualTo(training);
      engine.classify(point, TestNetworks.batch(shape, 6, 10, 1));
      assertThat(engine.nativeBytes()).isEqualTo(both).isGreaterThan(training);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void closingFreesMemory() throws IOException {
    NetworkDefinition definition =
        Architecture.VGG11.define(new ImageShape(3, 32, 32), 10, TestNetworks.FOUR_BITS);
    WeightSnapshot point = TestNetworks.weights(definition, BINARY);
    Batch images = TestNetworks.batch(new ImageShape(3, 32, 32), 16, 10, 1);
    openAndClose(definition, point, images);
    long resident = ResidentMemory.kilobytes();
    for (int i = 0; i < 7; i++) {
      openAndClose(definition, point, images);
    }
    assertThat(ResidentMemory.kilobytes()).isLessThan(resident + HEAP_NOISE);
  }

  private static void openAndClose(
      NetworkDefinition definition, WeightSnapshot point, Batch images) {
    try (OneDnnNetwork engine = new OneDnnNetwork(definition, FAST)) {
      engine.gradient(point, images);
      assertThat(engine.nativeBytes()).isGreaterThan(100_000_000);
    }
  }

  @Test
  void anUnsupportedLayerIsNamed() {
    NetworkDefinition definition =
        NetworkDefinition.of(
            "odd",
            new NeuralNetConfiguration.Builder()
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("image")
                .setInputTypes(InputType.convolutional(16, 16, 3))
                .addLayer("response", new LocalResponseNormalization.Builder().build(), "image")
                .addLayer(
                    "classifier",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "response")
                .setOutputs("classifier")
                .build(),
            IMAGE,
            10);
    assertThatThrownBy(() -> new OneDnnNetwork(definition, FAST))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("response")
        .hasMessageContaining("LocalResponseNormalization")
        .hasMessageContaining("execution.kind = dl4j");
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    NetworkDefinition other = Architecture.RESNET32.define(IMAGE, 10, TestNetworks.FOUR_BITS);
    try (OneDnnNetwork engine = new OneDnnNetwork(other, FAST)) {
      assertThatThrownBy(() -> engine.gradient(weights, batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("resnet32");
    }
  }
}
