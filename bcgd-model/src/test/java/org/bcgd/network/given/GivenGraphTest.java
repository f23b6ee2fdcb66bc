// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.engine.EngineSettings;
import org.bcgd.engine.GradientPrecision;
import org.bcgd.engine.OneDnnNetwork;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.dl4j.Deeplearning4jNetwork;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Judged by what the user's own graph computes. */
class GivenGraphTest {

  private static final ImageShape IMAGE = new ImageShape(1, 6, 5);
  private static final int CLASSES = 3;
  private static final int BATCH = 4;

  /** The last one without a staircase, which Deeplearning4j computes in float32 only. */
  private enum Form {
    VARIANCES,
    LOGARITHMS,
    DOUBLES
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void itsValuesComputeWhatItComputes(Form form) {
    ComputationGraph graph = graph(form, InputType.convolutional(6, 5, 1));
    draw(graph, 1);
    NetworkDefinition network = network(graph);

    float[] values = new GivenGraph(graph).values(network.layout());

    assertComputes(network, values, graph);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void withOtherValuesItComputesWhatTheyCompute(Form form) {
    ComputationGraph graph = graph(form, InputType.convolutional(6, 5, 1));
    ComputationGraph other =
        graph(form == Form.DOUBLES ? form : Form.VARIANCES, InputType.convolutional(6, 5, 1));
    draw(graph, 1);
    draw(other, 2);
    NetworkDefinition network = network(graph);
    float[] values = new GivenGraph(other).values(network.layout());
    String before = new GivenGraph(graph).digest();

    new GivenGraph(graph).take(values, network.layout());

    assertComputes(network, values, graph);
    assertThat(new GivenGraph(graph).digest()).isNotEqualTo(before).hasSize(64);
  }

  @Test
  void aGraphThatFoldsVectorsTakesImages() {
    ComputationGraph graph = graph(Form.LOGARITHMS, InputType.convolutionalFlat(6, 5, 1));
    draw(graph, 1);
    assertThat(new GivenGraph(graph).folding()).contains(new long[] {1, 6, 5});
    NetworkDefinition network = network(graph);
    float[] values = new GivenGraph(graph).values(network.layout());
    float[] pixels = pixels();

    WeightSnapshot weights = weights(network, values);
    try (OneDnnNetwork engine =
        new OneDnnNetwork(network, new EngineSettings(1, GradientPrecision.FLOAT32))) {
      float[] own =
          graph
              .outputSingle(Nd4j.create(pixels, new long[] {BATCH, 30}, 'c'))
              .dup('c')
              .data()
              .asFloat();
      assertThat(engine.classify(weights, new Batch(IMAGE, pixels, new int[BATCH])))
          .containsExactly(own, within(1e-5f));
    }
    assertThat(new GivenGraph(graph(Form.DOUBLES, InputType.convolutional(6, 5, 1))).folding())
        .isEmpty();
  }

  @Test
  void aGraphOfOtherParametersIsRefusedAndLeftAsItIs() {
    ComputationGraph graph = graph(Form.VARIANCES, InputType.convolutional(6, 5, 1));
    ComputationGraph larger = graph(Form.VARIANCES, InputType.convolutional(8, 5, 1));
    ParameterLayout layout = network(graph).layout();
    String before = new GivenGraph(larger).digest();

    assertThatThrownBy(() -> new GivenGraph(larger).take(new float[layout.size()], layout))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("dense/W has the shape [36, 4], needed is [4, 24]");
    assertThat(new GivenGraph(larger).digest()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "elsewhere/W | the graph has no parameter elsewhere/W",
        "conv/gamma  | the graph has no parameter conv/gamma",
        "conv/W      | conv/W has the shape [2, 1, 3, 3], needed is [1, 2, 3, 3]"
      })
  void aParameterThatIsMissingOrTurnedIsToldByName(String name, String message) {
    GivenGraph graph = new GivenGraph(graph(Form.VARIANCES, InputType.convolutional(6, 5, 1)));
    ParameterLayout layout =
        new ParameterLayout(
            List.of(new ParameterSlice(name, ParameterRole.WEIGHT, 0, List.of(1, 2, 3, 3))));

    assertThatThrownBy(() -> graph.values(layout))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }

  private static void assertComputes(
      NetworkDefinition network, float[] values, ComputationGraph graph) {
    float[] pixels = pixels();
    INDArray images = Nd4j.create(pixels, new long[] {BATCH, 1, 6, 5}, 'c');
    float[] own = graph.outputSingle(images).castTo(DataType.FLOAT).dup('c').data().asFloat();
    try (Deeplearning4jNetwork judge = new Deeplearning4jNetwork(network, 1)) {
      assertThat(judge.classify(weights(network, values), new Batch(IMAGE, pixels, new int[BATCH])))
          .containsExactly(own, within(1e-5f));
    }
  }

  private static WeightSnapshot weights(NetworkDefinition network, float[] values) {
    return new WeightSnapshot(
        network.layout(),
        Collections.nCopies(network.layout().slices().size(), Optional.empty()),
        values);
  }

  private static NetworkDefinition network(ComputationGraph graph) {
    return NetworkDefinition.fromJson("a test", new GivenGraph(graph).json(), IMAGE, CLASSES);
  }

  private static float[] pixels() {
    RandomGenerator random = RandomKey.of(5).generator();
    float[] pixels = new float[BATCH * IMAGE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return pixels;
  }

  /** Values of every kind that a parameter may have; none is 0 or equal to another. */
  private static void draw(ComputationGraph graph, long seed) {
    RandomGenerator random = RandomKey.of(seed).generator();
    INDArray parameters = graph.params();
    for (int i = 0; i < parameters.length(); i++) {
      parameters.putScalar(i, 0.2 + 0.5 * random.nextDouble());
    }
  }

  private static ComputationGraph graph(Form form, InputType input) {
    boolean logarithm = form != Form.VARIANCES;
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(form == Form.DOUBLES ? DataType.DOUBLE : DataType.FLOAT)
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("image")
                .addLayer("conv", new ConvolutionLayer.Builder(3, 3).nOut(2).build(), "image")
                .addLayer(
                    "norm", new BatchNormalization.Builder().useLogStd(logarithm).build(), "conv")
                .addLayer("relu", relu(), "norm")
                .addLayer("dense", new DenseLayer.Builder().nOut(4).build(), "relu")
                .addLayer("act", form == Form.DOUBLES ? relu() : staircase(), "dense")
                .addLayer(
                    "output",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "act")
                .setOutputs("output")
                .setInputTypes(input)
                .build());
    graph.init();
    return graph;
  }

  private static ActivationLayer relu() {
    return new ActivationLayer(Activation.RELU);
  }

  private static QuantizedActivation staircase() {
    return new QuantizedActivation(
        new ActivationQuantizer(8, Rounding.UP),
        CoarseDerivative.CLIPPED_RELU,
        ResolutionDerivative.THREE_VALUED);
  }
}
