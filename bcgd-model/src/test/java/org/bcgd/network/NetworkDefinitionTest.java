// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.network.layer.SubsampleAndPad;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworkDefinitionTest {

  private static final ImageShape IMAGE = new ImageShape(1, 8, 8);

  private static final NetworkActivation.Quantized QUANTIZED =
      new NetworkActivation.Quantized(
          new ActivationQuantizer(3, Rounding.NEAREST),
          CoarseDerivative.RELU,
          ResolutionDerivative.TWO_VALUED);

  private static OutputLayer.Builder output(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(classes)
        .activation(Activation.SOFTMAX);
  }

  /** A user's graph: convolution, norm, what the test adds, classifier; with Adam and L2. */
  private static String json(UnaryOperator<GraphBuilder> between, OutputLayer output) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(0.1))
            .l2(1e-3)
            .graphBuilder()
            .addInputs("pixels")
            .setInputTypes(InputType.convolutional(8, 8, 1))
            .addLayer("c", new ConvolutionLayer.Builder(3, 3).nOut(4).build(), "pixels")
            .addLayer("n", new BatchNormalization(), "c");
    return between.apply(builder).addLayer("out", output, "x").setOutputs("out").build().toJson();
  }

  private static String plain() {
    return json(graph -> graph.addLayer("x", QUANTIZED.layer(), "n"), output(5).build());
  }

  private static void assertRefused(String json, String... told) {
    assertThatThrownBy(() -> NetworkDefinition.fromJson("mine", json, IMAGE, 5))
        .isInstanceOf(SettingsException.class)
        .message()
        .contains("mine")
        .contains(told);
  }

  @Test
  void aUsersGraphIsLaidOutByLayerAndParameter() {
    NetworkDefinition network = NetworkDefinition.fromJson("mine", plain(), IMAGE, 5);
    assertThat(network.layout().slices())
        .containsExactly(
            new ParameterSlice("c/b", ParameterRole.BIAS, 0, List.of(4)),
            new ParameterSlice("c/W", ParameterRole.WEIGHT, 4, List.of(4, 1, 3, 3)),
            new ParameterSlice("n/gamma", ParameterRole.NORM_SCALE, 40, List.of(4)),
            new ParameterSlice("n/beta", ParameterRole.NORM_SHIFT, 44, List.of(4)),
            new ParameterSlice("n/mean", ParameterRole.RUNNING_MEAN, 48, List.of(4)),
            new ParameterSlice("n/var", ParameterRole.RUNNING_VARIANCE, 52, List.of(4)),
            new ParameterSlice("x/alpha", ParameterRole.RESOLUTION, 56, List.of(1)),
            new ParameterSlice("out/W", ParameterRole.WEIGHT, 57, List.of(5, 144)),
            new ParameterSlice("out/b", ParameterRole.BIAS, 777, List.of(5)));
  }

  @Test
  void theVarianceStaysAVarianceAfterARoundTrip() {
    NetworkDefinition network = NetworkDefinition.fromJson("mine", plain(), IMAGE, 5);
    LayerVertex norm = (LayerVertex) network.graph().getVertices().get("n");
    assertThat(((BatchNormalization) norm.getLayerConf().getLayer()).isUseLogStd()).isFalse();
  }

  @Test
  void anAdmittedGraphIsAdmittedUnchanged() {
    NetworkDefinition network = NetworkDefinition.fromJson("mine", plain(), IMAGE, 5);
    assertThat(NetworkDefinition.fromJson("mine", network.json(), IMAGE, 5)).isEqualTo(network);
  }

  @ParameterizedTest
  @EnumSource(names = {"LENET5", "RESNET20"})
  void aDefinitionIsAFunctionOfItsArguments(Architecture architecture) {
    ImageShape image = new ImageShape(3, 28, 28);
    NetworkDefinition one = architecture.define(image, 10, QUANTIZED);
    NetworkDefinition other = architecture.define(image, 10, QUANTIZED);
    assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(other.digest()).isEqualTo(one.digest()).matches("[0-9a-f]{64}");
    assertThat(architecture.define(image, 11, QUANTIZED).digest()).isNotEqualTo(one.digest());
  }

  @Test
  void theSettingsOfLayersSurviveJson() {
    NetworkDefinition network =
        Architecture.RESNET20.define(new ImageShape(3, 32, 32), 10, QUANTIZED);
    ComputationGraphConfiguration graph = network.graph();
    LayerVertex vertex = (LayerVertex) graph.getVertices().get("stage2/block1/activation1");
    QuantizedActivation activation = (QuantizedActivation) vertex.getLayerConf().getLayer();
    assertThat(activation.quantizer()).isEqualTo(QUANTIZED.quantizer());
    assertThat(activation.derivative()).isEqualTo(QUANTIZED.derivative());
    assertThat(activation.resolutionDerivative()).isEqualTo(QUANTIZED.resolutionDerivative());
    assertThat(graph.getVertices().get("stage2/block1/shortcut"))
        .isEqualTo(new SubsampleAndPad(32));
    assertThat(ComputationGraphConfiguration.fromJson(graph.toJson())).isEqualTo(graph);
  }

  @Test
  void crossesAJavaSerialisedWire() throws IOException, ClassNotFoundException {
    NetworkDefinition network = NetworkDefinition.fromJson("mine", plain(), IMAGE, 5);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(network);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(network);
    }
  }

  @Test
  void textThatIsNoGraphIsRefused() {
    assertRefused("{ not json", "toJson()");
    assertRefused("{}", "networkInputs");
  }

  @Test
  void aLayerWithUnknownParametersIsNamed() {
    String prelu =
        json(
            graph -> graph.addLayer("x", new PReLULayer.Builder().inputShape(4, 6, 6).build(), "n"),
            output(5).build());
    assertRefused(prelu, "layer x, a PReLULayer");
  }

  @Test
  void dropoutIsRefused() {
    String dropout =
        json(
            graph ->
                graph.addLayer("x", new DenseLayer.Builder().nOut(7).dropOut(0.5).build(), "n"),
            output(5).build());
    assertRefused(dropout, "layer x has dropout");
  }

  @Test
  void anotherNumberOfClassesIsRefused() {
    assertRefused(
        json(graph -> graph.addLayer("x", QUANTIZED.layer(), "n"), output(6).build()),
        "6 units",
        "5 classes");
  }

  @Test
  void anotherLossIsRefused() {
    OutputLayer squares =
        new OutputLayer.Builder(LossFunction.MSE).nOut(5).activation(Activation.SOFTMAX).build();
    assertRefused(
        json(graph -> graph.addLayer("x", QUANTIZED.layer(), "n"), squares),
        "output out",
        "MCXENT");
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    String json = plain();
    assertThatThrownBy(() -> NetworkDefinition.fromJson("mine", json, new ImageShape(1, 2, 2), 5))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("does not fit images of 1 x 2 x 2");
  }

  @Test
  void anActivationWithoutItsSettingsIsNamed() {
    assertRefused(plain().replace("\"bits\" : 3", "\"bits\" : 9"), "layer x", "bits (1..8)");
  }
}
