// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.graph;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.network.layer.SubsampleAndPad;
import org.bcgd.parameters.ParameterLayout;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/** Translates a Deeplearning4j graph, vertex by vertex. */
public final class GraphReader {

  private final NetworkDefinition definition;
  private final ComputationGraphConfiguration graph;
  private final ParameterLayout layout;
  private final Map<String, Integer> slices; // index of each slice by name
  private final Map<String, InputType> types;
  private final GraphFusion fusion;

  private GraphReader(NetworkDefinition definition, IntPredicate needsValues) {
    this.definition = definition;
    this.graph = definition.graph();
    this.layout = definition.layout();
    this.slices =
        IntStream.range(0, layout.slices().size())
            .boxed()
            .collect(Collectors.toMap(i -> layout.slices().get(i).name(), i -> i));
    ImageShape image = definition.image();
    this.types =
        graph.getLayerActivationTypes(
            true,
            true,
            InputType.convolutional(
                image.height(), image.width(), image.channels(), CNN2DFormat.NCHW));
    this.fusion = new GraphFusion(image(), vertexUses(), needsValues);
  }

  private Value image() {
    ImageShape shape = definition.image();
    String name = graph.getNetworkInputs().get(0);
    boolean linearOnly =
        graph.getVertexInputs().entrySet().stream()
            .filter(entry -> entry.getValue().contains(name))
            .allMatch(entry -> isLinear(graph.getVertices().get(entry.getKey())));
    return new Value(
        name,
        new Shape(shape.channels(), shape.height(), shape.width()),
        linearOnly ? new Value.Image() : new Value.Floats());
  }

  private static boolean isLinear(GraphVertex vertex) {
    return vertex instanceof LayerVertex layerVertex
        && (layerVertex.getLayerConf().getLayer() instanceof ConvolutionLayer
            || layerVertex.getLayerConf().getLayer() instanceof DenseLayer
            || layerVertex.getLayerConf().getLayer() instanceof OutputLayer);
  }

  /**
   * The network of {@code definition} in the engine's terms.
   *
   * @param needsValues for the index of a weight slice: whether its layer takes values in float32,
   *     not codes
   * @throws SettingsException if a layer is not supported
   */
  public static ExecutionGraph read(NetworkDefinition definition, IntPredicate needsValues) {
    return new GraphReader(definition, needsValues).read();
  }

  private Map<String, Long> vertexUses() {
    return graph.getVertexInputs().values().stream()
        .flatMap(List::stream)
        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
  }

  private ExecutionGraph read() {
    for (String name : graph.getTopologicalOrderStr()) {
      GraphVertex vertex = graph.getVertices().get(name);
      if (vertex != null) {
        translate(name, vertex, graph.getVertexInputs().get(name));
      }
    }
    return fusion.classify(graph.getNetworkOutputs().get(0));
  }

  private void translate(String name, GraphVertex vertex, List<String> inputs) {
    if (vertex instanceof LayerVertex layerVertex) {
      require(
          layerVertex.getPreProcessor() == null
              || layerVertex.getPreProcessor().getClass() == CnnToFeedForwardPreProcessor.class,
          name,
          "a " + className(layerVertex.getPreProcessor()));
      translate(name, layerVertex.getLayerConf().getLayer(), inputs.get(0));
    } else if (vertex instanceof SubsampleAndPad) {
      fusion.shortcut(name, inputs.get(0), shape(name));
    } else if (vertex instanceof ElementWiseVertex elementWise) {
      require(
          elementWise.getOp() == ElementWiseVertex.Op.Add,
          name,
          "an ElementWiseVertex of " + elementWise.getOp());
      fusion.add(name, inputs);
    } else {
      require(false, name, "a " + className(vertex));
    }
  }

  private void translate(String name, Layer layer, String input) {
    Class<?> type = layer.getClass();
    if (type == ConvolutionLayer.class) {
      ConvolutionLayer convolution = (ConvolutionLayer) layer;
      require(convolution.getCnn2dDataFormat() == CNN2DFormat.NCHW, name, "a layer in NHWC");
      linear(name, input, window(name, convolution, input));
      activate(name, convolution);
    } else if (type == DenseLayer.class) {
      require(!((DenseLayer) layer).hasLayerNorm(), name, "a layer norm");
      linear(name, input, Window.whole(fusion.shape(input)));
      activate(name, (DenseLayer) layer);
    } else if (type == OutputLayer.class) {
      linear(name, input, Window.whole(fusion.shape(input)));
    } else if (type == SubsamplingLayer.class) {
      pool(name, (SubsamplingLayer) layer, input);
    } else if (type == GlobalPoolingLayer.class) {
      poolAll(name, (GlobalPoolingLayer) layer, input);
    } else if (type == BatchNormalization.class) {
      fusion.norm(name, input, norm(name, (BatchNormalization) layer));
    } else if (type == ActivationLayer.class) {
      fusion.alias(name, input);
      activate(name, (ActivationLayer) layer);
    } else if (layer instanceof QuantizedActivation staircase) {
      fusion.activate(name, input, staircase(name, staircase));
    } else {
      require(false, name, "a " + className(layer));
    }
  }

  private void linear(String name, String input, Window window) {
    OptionalInt bias = slice(name, "b");
    fusion.convolution(
        name, input, window, shape(name), new Node.Linear(slices.get(name + "/W"), bias));
  }

  private void activate(String name, BaseLayer layer) {
    activate(name, layer.getActivationFn());
  }

  private void activate(String name, ActivationLayer layer) {
    activate(name, layer.getActivationFn());
  }

  private void activate(String name, IActivation function) {
    if (function instanceof ActivationReLU rectifier && rectifier.equals(new ActivationReLU())) {
      fusion.activate(name, name, new Node.Rectifier());
    } else {
      require(function instanceof ActivationIdentity, name, "the activation " + function);
    }
  }

  private Node.Staircase staircase(String name, QuantizedActivation layer) {
    return new Node.Staircase(
        layer.quantizer(),
        layer.derivative(),
        layer.resolutionDerivative(),
        slices.get(name + "/" + QuantizedActivation.RESOLUTION));
  }

  private Node.Norm norm(String name, BatchNormalization layer) {
    return new Node.Norm(
        layer.getEps(),
        slice(name, "gamma"),
        slice(name, "beta"),
        layer.getGamma(),
        layer.getBeta(),
        slices.get(name + "/mean"),
        slices.get(name + "/var"));
  }

  private void pool(String name, SubsamplingLayer layer, String input) {
    Shape in = fusion.shape(input);
    Window window =
        layer.getConvolutionMode() == ConvolutionMode.Same
            ? Window.same(
                layer.getKernelSize(), layer.getStride(), layer.getDilation(), in, shape(name))
            : Window.padded(
                layer.getKernelSize(), layer.getStride(), layer.getDilation(), layer.getPadding());
    require(layer.getConvolutionMode() != ConvolutionMode.Causal, name, "a causal pooling");
    require(window.dilation().equals(new Window.Pair(1, 1)), name, "a dilated pooling");
    Node.Pooling.Kind mean =
        layer.isAvgPoolIncludePadInDivisor()
            ? Node.Pooling.Kind.MEAN_WITH_PADDING
            : Node.Pooling.Kind.MEAN;
    fusion.pool(name, input, kind(name, layer.getPoolingType(), mean), window, shape(name));
  }

  private void poolAll(String name, GlobalPoolingLayer layer, String input) {
    Shape in = fusion.shape(input);
    require(layer.isCollapseDimensions(), name, "a global pooling that keeps its dimensions");
    Node.Pooling.Kind kind = kind(name, layer.getPoolingType(), Node.Pooling.Kind.MEAN);
    fusion.pool(name, input, kind, Window.whole(in), new Shape(in.channels(), 1, 1));
  }

  private Node.Pooling.Kind kind(String name, PoolingType type, Node.Pooling.Kind mean) {
    require(type == PoolingType.MAX || type == PoolingType.AVG, name, "a pooling of type " + type);
    return type == PoolingType.MAX ? Node.Pooling.Kind.MAXIMUM : mean;
  }

  private Window window(String name, ConvolutionLayer layer, String input) {
    require(layer.getConvolutionMode() != ConvolutionMode.Causal, name, "a causal convolution");
    return layer.getConvolutionMode() == ConvolutionMode.Same
        ? Window.same(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getDilation(),
            fusion.shape(input),
            shape(name))
        : Window.padded(
            layer.getKernelSize(), layer.getStride(), layer.getDilation(), layer.getPadding());
  }

  private Shape shape(String name) {
    InputType type = types.get(name);
    if (type instanceof InputTypeConvolutional image) {
      return new Shape(
          Math.toIntExact(image.getChannels()),
          Math.toIntExact(image.getHeight()),
          Math.toIntExact(image.getWidth()));
    }
    require(type instanceof InputTypeFeedForward, name, "an output of " + type);
    return new Shape(Math.toIntExact(((InputTypeFeedForward) type).getSize()), 1, 1);
  }

  private OptionalInt slice(String layer, String parameter) {
    Integer index = slices.get(layer + "/" + parameter);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  private static String className(Object object) {
    return object == null ? "null" : object.getClass().getSimpleName();
  }

  private void require(boolean supported, String vertex, String what) {
    if (!supported) {
      throw new SettingsException(
          "network "
              + definition.name()
              + " cannot be executed by the engine: "
              + vertex
              + " has or is "
              + what
              + ", which it does not support; choose execution.kind = dl4j");
    }
  }
}
