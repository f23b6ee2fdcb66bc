// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.Optional;
import java.util.function.Consumer;
import org.bcgd.data.ImageShape;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Batch norms where the shipped networks have none, against Deeplearning4j. */
class NormPlacementTest {

  private static final ImageShape IMAGE = new ImageShape(3, 8, 8);
  private static final int CLASSES = 4;

  @Test
  void aNormOfASum() {
    assertParity(
        graph ->
            graph
                .addLayer("left", convolution(), "codes")
                .addLayer("right", convolution(), "codes")
                .addVertex("sum", add(), "left", "right")
                .addLayer("end", norm(), "sum"));
  }

  @Test
  void aNormOfASumThatIsAlsoAddedLater() {
    assertParity(
        graph ->
            graph
                .addLayer("left", convolution(), "codes")
                .addVertex("sum", add(), "left", "codes")
                .addLayer("norm", norm(), "sum")
                .addLayer("inner", staircase(), "norm")
                .addLayer("right", convolution(), "inner")
                .addVertex("end", add(), "right", "sum"));
  }

  @Test
  void aNormOfCodes() {
    assertParity(graph -> graph.addLayer("end", norm(), "codes"));
  }

  @Test
  void aNormOfCodesUnderAnotherName() {
    assertParity(
        graph ->
            graph
                .addLayer("alias", new ActivationLayer(Activation.IDENTITY), "codes")
                .addLayer("end", norm(), "alias"));
  }

  /** From {@code codes} to {@code end}, between the first convolution and the classifier. */
  private static void assertParity(Consumer<GraphBuilder> middle) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .activation(Activation.IDENTITY)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("image")
            .setInputTypes(InputType.convolutional(IMAGE.height(), IMAGE.width(), IMAGE.channels()))
            .addLayer("first", convolution(), "image")
            .addLayer("norm1", norm(), "first")
            .addLayer("codes", staircase(), "norm1");
    middle.accept(graph);
    graph
        .addLayer("last", staircase(), "end")
        .addLayer(
            "classifier",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            "last")
        .setOutputs("classifier");
    NetworkDefinition definition = NetworkDefinition.of("norms", graph.build(), IMAGE, CLASSES);
    new Parity(
            definition,
            TestNetworks.weights(
                definition,
                new WeightPrecision(
                    Optional.of(new BinaryQuantizer()),
                    WeightPrecision.Granularity.LAYER,
                    new LayerSelection.All())),
            TestNetworks.batch(IMAGE, 5, CLASSES, 3))
        .assertFloat32();
  }

  /** Without a bias, since a norm leaves nothing of it, nor of its gradient. */
  private static ConvolutionLayer convolution() {
    return new ConvolutionLayer.Builder(3, 3).nOut(5).hasBias(false).build();
  }

  private static BatchNormalization norm() {
    return new BatchNormalization.Builder().build();
  }

  private static ElementWiseVertex add() {
    return new ElementWiseVertex(ElementWiseVertex.Op.Add);
  }

  private static QuantizedActivation staircase() {
    return new QuantizedActivation(
        new ActivationQuantizer(4, Rounding.UP),
        CoarseDerivative.CLIPPED_RELU,
        ResolutionDerivative.THREE_VALUED);
  }
}
