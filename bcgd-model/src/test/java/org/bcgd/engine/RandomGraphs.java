// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.random.RandomGenerator;
import org.bcgd.data.ImageShape;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.network.layer.SubsampleAndPad;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Small graphs with every kind of layer that the engine takes: convolutions with odd channel
 * counts, strides, biases and both kinds of padding, poolings, sums of branches, a shortcut, dense
 * layers.
 */
public final class RandomGraphs {

  public static final ImageShape IMAGE = new ImageShape(3, 9, 10);
  public static final int CLASSES = 5;

  private final RandomGenerator random;
  private final GraphBuilder graph =
      new NeuralNetConfiguration.Builder()
          .activation(Activation.IDENTITY)
          .convolutionMode(ConvolutionMode.Truncate)
          .graphBuilder()
          .addInputs("image")
          .setInputTypes(InputType.convolutional(IMAGE.height(), IMAGE.width(), IMAGE.channels()));
  private int count;

  private RandomGraphs(long seed) {
    this.random = RandomKey.of(seed).generator();
  }

  public static NetworkDefinition draw(long seed) {
    return new RandomGraphs(seed).draw();
  }

  private NetworkDefinition draw() {
    int channels = 2 + random.nextInt(8);
    String x = activation(linear("image", channels));
    x = random.nextBoolean() ? pool(x) : x;
    String left = linear(x, channels);
    x =
        activation(
            add(
                left,
                random.nextBoolean()
                    ? x
                    : norm(convolution(x, channels, 1, random.nextBoolean()))));
    String halved = norm(convolution(x, channels + 4, 2, random.nextBoolean()));
    x = activation(add(halved, shortcut(x, channels + 4)));
    x = activation(layer(new DenseLayer.Builder().nOut(7).build(), x));
    graph.addLayer(
        "classifier",
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .build(),
        x);
    return NetworkDefinition.of("random", graph.setOutputs("classifier").build(), IMAGE, CLASSES);
  }

  private String convolution(String input, int channels, int stride, boolean bias) {
    ConvolutionLayer.Builder builder =
        new ConvolutionLayer.Builder(3, 3).nOut(channels).stride(stride, stride).hasBias(bias);
    return layer(
        random.nextBoolean()
            ? builder.convolutionMode(ConvolutionMode.Same).build()
            : builder.padding(1, 1).build(),
        input);
  }

  /**
   * A convolution with a norm, a bias or both. Without either, a sum of zero lies on the edge of a
   * step, and what Deeplearning4j's rounding leaves of it falls to one side.
   */
  private String linear(String input, int channels) {
    return random.nextBoolean()
        ? norm(convolution(input, channels, 1, random.nextBoolean()))
        : convolution(input, channels, 1, true);
  }

  private String norm(String input) {
    return layer(new BatchNormalization.Builder().build(), input);
  }

  private String activation(String input) {
    if (random.nextInt(4) == 0) {
      return layer(new ActivationLayer(Activation.RELU), input);
    }
    return layer(
        new QuantizedActivation(
            new ActivationQuantizer(1 + random.nextInt(4), any(Rounding.values())),
            any(CoarseDerivative.values()),
            any(ResolutionDerivative.values())),
        input);
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private String pool(String input) {
    SubsamplingLayer.PoolingType type =
        random.nextBoolean() ? SubsamplingLayer.PoolingType.MAX : SubsamplingLayer.PoolingType.AVG;
    return layer(new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2).build(), input);
  }

  private String add(String left, String right) {
    String name = name("add");
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), left, right);
    return name;
  }

  private String shortcut(String input, int channels) {
    String name = name("shortcut");
    graph.addVertex(name, new SubsampleAndPad(channels), input);
    return name;
  }

  private String layer(Layer layer, String input) {
    String name = name(layer.getClass().getSimpleName());
    graph.addLayer(name, layer, input);
    return name;
  }

  private String name(String kind) {
    return kind + ++count;
  }
}
