// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.DivergenceException;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.ResolutionStart;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class Deeplearning4jNetworkTest {

  private static final ImageShape IMAGE = new ImageShape(1, 12, 12);
  private static final NetworkDefinition LENET =
      Architecture.LENET5.define(
          IMAGE,
          10,
          new NetworkActivation.Quantized(
              new ActivationQuantizer(4, Rounding.UP),
              CoarseDerivative.CLIPPED_RELU,
              ResolutionDerivative.THREE_VALUED));
  private static final ParameterLayout LAYOUT = LENET.layout();
  private static final float[] VALUES = values();
  private static final WeightSnapshot WEIGHTS = TestGraphs.floats(LAYOUT, VALUES);
  private static final Batch BATCH = TestGraphs.batch(IMAGE, 16, 10, 5);

  private static float[] values() {
    float[] values = InitialWeights.draw(LAYOUT, 3);
    LAYOUT.withRole(ParameterRole.RESOLUTION).forEach(slice -> values[slice.offset()] = 0.17f);
    return values;
  }

  @Test
  void equalCallsGiveEqualBitsWhateverCameBetween() {
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 2)) {
      GradientSum first = network.gradient(WEIGHTS, BATCH);
      float[] probabilities = network.classify(WEIGHTS, BATCH);
      network.gradient(WEIGHTS, TestGraphs.batch(IMAGE, 7, 10, 6));
      network.classify(TestGraphs.floats(LAYOUT, InitialWeights.draw(LAYOUT, 4)), BATCH);
      GradientSum second = network.gradient(WEIGHTS, BATCH);
      assertThat(second.sums()).isEqualTo(first.sums());
      assertThat(second.meanLoss()).isEqualTo(first.meanLoss());
      assertThat(network.classify(WEIGHTS, BATCH)).isEqualTo(probabilities);
    }
  }

  @Test
  void anotherInstanceGivesTheSameBits() {
    assertThat(gradientOfNewInstance()).isEqualTo(gradientOfNewInstance());
  }

  @Test
  void aNetworkThatWorksInAnotherThreadChangesNoBit() throws InterruptedException {
    float[] alone = gradientOfNewInstance();
    AtomicBoolean stop = new AtomicBoolean();
    Thread neighbour =
        new Thread(
            () -> {
              while (!stop.get()) {
                gradientOfNewInstance();
              }
            });
    neighbour.start();
    try {
      for (int i = 0; i < 5; i++) {
        assertThat(gradientOfNewInstance()).isEqualTo(alone);
      }
    } finally {
      stop.set(true);
      neighbour.join();
    }
  }

  private static float[] gradientOfNewInstance() {
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 2)) {
      return network.gradient(WEIGHTS, BATCH).sums();
    }
  }

  @Test
  void theGradientDoesNotDependOnTheRunningStatistics() {
    float[] others = VALUES.clone();
    for (ParameterSlice slice : LAYOUT.slices()) {
      if (slice.role().isRunningStatistic()) {
        Arrays.fill(others, slice.offset(), slice.end(), 3);
      }
    }
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 1)) {
      assertThat(network.gradient(TestGraphs.floats(LAYOUT, others), BATCH).sums())
          .isEqualTo(network.gradient(WEIGHTS, BATCH).sums());
    }
  }

  @Test
  void leavesNoWorkspaceOpenAndFreesItsWorkspacesWhenClosed() {
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 1)) {
      network.gradient(WEIGHTS, BATCH);
      network.classify(WEIGHTS, BATCH);
      assertThat(Nd4j.getMemoryManager().getCurrentWorkspace()).isNull();
      assertThat(Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread()).isNotEmpty();
    }
    assertThat(Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread()).isEmpty();
  }

  @Test
  void restatedNormsComputeInTrainingWhatTheyDidWithTheirRunningStatistics() {
    NetworkDefinition definition =
        Architecture.RESNET20.define(
            new ImageShape(3, 16, 16), 10, new NetworkActivation.Rectified());
    ParameterLayout layout = definition.layout();
    float[] values = InitialWeights.draw(layout, 6);
    for (ParameterSlice slice : layout.slices()) {
      for (int i = slice.offset(); i < slice.end() && slice.role().isRunningStatistic(); i++) {
        values[i] += 0.05f * (i % 7); // far from those of any batch
      }
    }
    WeightSnapshot before = TestGraphs.floats(layout, values);
    Batch batch = TestGraphs.batch(definition.image(), 8, 10, 2);
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(definition, 2)) {
      float[] probabilities = network.classify(before, batch);
      network
          .restateNorms(before, batch)
          .forEach(
              (name, restated) ->
                  System.arraycopy(
                      restated,
                      0,
                      values,
                      layout.find(name).orElseThrow().offset(),
                      restated.length));
      WeightSnapshot after = TestGraphs.floats(layout, values);

      assertThat(network.classify(after, batch)).containsExactly(probabilities, within(1e-4f));
      double loss = 0;
      for (int n = 0; n < batch.size(); n++) {
        loss -= Math.log(probabilities[10 * n + batch.labels()[n]]) / batch.size();
      }
      assertThat(network.gradient(after, batch).meanLoss()).isCloseTo(loss, within(1e-3));
      assertThat(network.gradient(before, batch).meanLoss()).isNotCloseTo(loss, within(1e-2));
    }
  }

  @Test
  void aBatchOfOtherImagesIsRefused() {
    Batch other = TestGraphs.batch(new ImageShape(3, 12, 12), 2, 10, 1);
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 1)) {
      assertThatThrownBy(() -> network.gradient(WEIGHTS, other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 x 12 x 12")
          .hasMessageContaining("1 x 12 x 12");
    }
  }

  @Test
  void aLabelBeyondTheClassesIsRefused() {
    Batch other = new Batch(IMAGE, new float[IMAGE.size()], new int[] {10});
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 1)) {
      assertThatThrownBy(() -> network.classify(WEIGHTS, other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("label 10");
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    ParameterLayout layout =
        Architecture.LENET5.define(IMAGE, 10, new NetworkActivation.Rectified()).layout();
    WeightSnapshot other = TestGraphs.floats(layout, new float[layout.size()]);
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 1)) {
      assertThatThrownBy(() -> network.gradient(other, BATCH))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not of the network lenet5");
    }
  }

  @Test
  void resolutionsStartFromWhatEntersEachActivation() {
    Batch large = TestGraphs.batch(IMAGE, 64, 10, 8);
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 1)) {
      Map<String, Float> resolutions =
          network.startResolutions(WEIGHTS, large, new ResolutionStart.MeanSquareOptimal());
      assertThat(resolutions)
          .containsOnlyKeys(
              "activation1/alpha", "activation2/alpha", "activation3/alpha", "activation4/alpha");
      // after a norm with gamma 1 and beta 0 the positives are about half-normal: 0.1666
      assertThat(resolutions.values())
          .allSatisfy(resolution -> assertThat(resolution).isCloseTo(0.1666f, within(0.03f)));
    }
  }

  @Test
  void anActivationIsFittedBehindThoseThatWereFittedBeforeIt() {
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 1)) {
      ResolutionStart maximum = new ResolutionStart.Maximum();
      Map<String, Float> first = network.startResolutions(WEIGHTS, BATCH, maximum);
      float[] others = VALUES.clone();
      LAYOUT.withRole(ParameterRole.RESOLUTION).forEach(slice -> others[slice.offset()] = 9);
      assertThat(network.startResolutions(TestGraphs.floats(LAYOUT, others), BATCH, maximum))
          .isEqualTo(first);
    }
  }

  @Test
  void anActivationThatReceivesNothingPositiveIsNamed() {
    float[] dead = VALUES.clone();
    ParameterSlice gamma = LAYOUT.find("norm2/gamma").orElseThrow();
    Arrays.fill(dead, gamma.offset(), gamma.end(), 0);
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 1)) {
      WeightSnapshot weights = TestGraphs.floats(LAYOUT, dead);
      assertThatThrownBy(
              () -> network.startResolutions(weights, BATCH, new ResolutionStart.HalfMaximum()))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("activation2");
      assertThat(network.startResolutions(weights, BATCH, new ResolutionStart.Fixed(0.2f)))
          .containsEntry("activation2/alpha", 0.2f);
    }
  }

  @Test
  void anActivationThatReceivesNotANumberIsNamed() {
    float[] broken = VALUES.clone();
    broken[LAYOUT.find("norm1/gamma").orElseThrow().offset()] = Float.NaN;
    try (Deeplearning4jNetwork network = new Deeplearning4jNetwork(LENET, 1)) {
      WeightSnapshot weights = TestGraphs.floats(LAYOUT, broken);
      assertThatThrownBy(
              () -> network.startResolutions(weights, BATCH, new ResolutionStart.Maximum()))
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("activation1")
          .hasMessageContaining("NaN");
    }
  }
}
