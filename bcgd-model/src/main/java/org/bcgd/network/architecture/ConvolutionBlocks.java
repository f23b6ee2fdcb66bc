// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

import org.bcgd.data.ImageShape;
import org.bcgd.network.layer.SubsampleAndPad;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The words in which the shipped architectures are written. Each adds a vertex to the graph and
 * gives back its name, which is the input of the next. Linear layers have no bias, because a norm
 * follows; the classifier has one.
 */
final class ConvolutionBlocks {

  /** The name of the graph's input. */
  static final String IMAGE = "image";

  private final GraphBuilder graph;
  private final NetworkActivation activation;

  ConvolutionBlocks(ImageShape image, NetworkActivation activation) {
    this.graph =
        new NeuralNetConfiguration.Builder()
            .convolutionMode(ConvolutionMode.Truncate)
            .activation(Activation.IDENTITY)
            .graphBuilder()
            .addInputs(IMAGE)
            .setInputTypes(
                InputType.convolutional(image.height(), image.width(), image.channels()));
    this.activation = activation;
  }

  String convolution(String name, String input, int channels, Window window) {
    return layer(
        name,
        input,
        new ConvolutionLayer.Builder(window.size(), window.size())
            .nOut(channels)
            .stride(window.stride(), window.stride())
            .padding(window.padding(), window.padding())
            .hasBias(false)
            .build());
  }

  String norm(String name, String input) {
    return layer(name, input, new BatchNormalization.Builder().build());
  }

  /**
   * A convolution and its norm, {@code path + "conv" + number} and {@code path + "norm" + number}.
   */
  String convolutionNorm(String path, int number, String input, int channels, Window window) {
    return norm(
        path + "norm" + number, convolution(path + "conv" + number, input, channels, window));
  }

  String activation(String name, String input) {
    return layer(name, input, activation.layer());
  }

  String maxPool(String name, String input, Window window) {
    return layer(
        name,
        input,
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(window.size(), window.size())
            .stride(window.stride(), window.stride())
            .padding(window.padding(), window.padding())
            .build());
  }

  /** The mean of each channel over the whole image. */
  String averagePool(String name, String input) {
    return layer(name, input, new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
  }

  String dense(String name, String input, int units) {
    return layer(name, input, new DenseLayer.Builder().nOut(units).hasBias(false).build());
  }

  String add(String name, String left, String right) {
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), left, right);
    return name;
  }

  String subsampleAndPad(String name, String input, int channels) {
    graph.addVertex(name, new SubsampleAndPad(channels), input);
    return name;
  }

  /** The end of a network: a dense layer with bias, softmax and cross-entropy. */
  ComputationGraphConfiguration classify(String input, int classes) {
    String name =
        layer(
            "classifier",
            input,
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build());
    return graph.setOutputs(name).build();
  }

  private String layer(String name, String input, Layer layer) {
    graph.addLayer(name, layer, input);
    return name;
  }
}
