// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.folded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Value;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.QuantizedTensor;

/**
 * Folds running statistics, scales, biases and resolutions into one scale and shift by channel, so
 * that inference computes, operation by operation, what the engine's evaluation computes.
 *
 * <pre>
 *   unit = α of the input · δ                  1 for what is not quantized
 *   centre = (mean − bias) / unit              scale = γ · unit / √(variance + ε)      shift = β
 *   centre = 0                                 scale = unit                            shift = bias
 * </pre>
 *
 * <p>The first line of coefficients is for sums that a batch norm follows, the second without one.
 */
public final class Folding {

  private final WeightSnapshot weights;
  private final List<FoldedLayer> layers = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();
  private final Map<Integer, float[]> units = new HashMap<>(); // [outputs], by slice of weights

  private Folding(WeightSnapshot weights) {
    this.weights = weights;
  }

  /** The network of a graph with given weights. */
  public static FoldedNetwork of(ExecutionGraph graph, WeightSnapshot weights) {
    Folding folding = new Folding(weights);
    folding.numbers.put(graph.image(), 0);
    graph.nodes().forEach(folding::add);
    ChannelAffine logits = folding.linear(graph.classifier(), graph.output().shape().channels());
    return new FoldedNetwork(graph.image().shape(), folding.layers, logits);
  }

  private void add(Node node) {
    layers.add(fold(node));
    numbers.put(node.output(), layers.size());
  }

  private FoldedLayer fold(Node node) {
    String name = node.output().name();
    if (node instanceof Node.Convolution convolution) {
      return new FoldedLayer.Linear(
          name,
          numbers.get(convolution.input()),
          convolution.window(),
          weights(convolution),
          node.output().shape());
    } else if (node instanceof Node.Stage stage) {
      return new FoldedLayer.Stage(
          name,
          stage.terms().stream().map(this::term).toList(),
          activation(stage.activation()),
          node.output().shape());
    } else if (node instanceof Node.Pooling pooling) {
      return new FoldedLayer.Pooling(
          name,
          numbers.get(pooling.input()),
          pooling.kind(),
          pooling.window(),
          node.output().shape());
    }
    Node.Shortcut shortcut = (Node.Shortcut) node;
    return new FoldedLayer.Shortcut(name, numbers.get(shortcut.input()), node.output().shape());
  }

  /** Notes the units of the layer's sums on the way. */
  private FoldedWeights weights(Node.Convolution node) {
    ParameterSlice slice = weights.layout().slices().get(node.weights());
    float resolution =
        node.input().form() instanceof Value.Codes codes ? value(codes.resolution(), 0) : 1;
    Optional<QuantizedTensor> tensor = weights.quantized(node.weights());
    float[] unit = new float[slice.outputs()];
    units.put(node.weights(), unit);
    if (tensor.isEmpty()) {
      Arrays.fill(unit, resolution);
      return new FoldedWeights.Floats(weights.floats(node.weights()));
    }
    float[] scales = tensor.get().scales();
    float largest = largest(scales);
    for (int k = 0; k < unit.length; k++) {
      float scale = scales[k / (unit.length / scales.length)];
      unit[k] = resolution * (scale == 0 ? largest : scale);
    }
    return new FoldedWeights.Levels(tensor.get());
  }

  private static float largest(float[] scales) {
    float largest = 0;
    for (float scale : scales) {
      largest = Math.max(largest, scale);
    }
    return largest > 0 ? largest : 1;
  }

  private FoldedLayer.Term term(Node.Term term) {
    return new FoldedLayer.Term(numbers.get(term.input()), affine(term));
  }

  private ChannelAffine affine(Node.Term term) {
    int channels = term.input().shape().channels();
    if (term.norm().isPresent()) {
      return norm(term.norm().get(), term.producer(), channels);
    }
    if (term.producer().isPresent()) {
      return linear(term.producer().get(), channels);
    }
    return ChannelAffine.factor(
        term.input().form() instanceof Value.Codes codes ? value(codes.resolution(), 0) : 1);
  }

  private ChannelAffine linear(Node.Linear linear, int channels) {
    float[] shift = new float[channels];
    for (int k = 0; k < channels; k++) {
      shift[k] = (float) value(linear.bias(), k, 0);
    }
    float[] unit = units.get(linear.weights());
    return muted(linear, new ChannelAffine(new float[channels], unit, shift));
  }

  private ChannelAffine norm(Node.Norm norm, Optional<Node.Linear> producer, int channels) {
    float[] centre = new float[channels];
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    OptionalInt bias = producer.map(Node.Linear::bias).orElse(OptionalInt.empty());
    for (int k = 0; k < channels; k++) {
      double unit = producer.isPresent() ? units.get(producer.get().weights())[k] : 1;
      double rate = unit / Math.sqrt(value(norm.variance(), k) + norm.epsilon());
      centre[k] = (float) ((value(norm.mean(), k) - value(bias, k, 0)) / unit);
      scale[k] = (float) (value(norm.scale(), k, norm.fixedScale()) * rate);
      shift[k] = (float) value(norm.shift(), k, norm.fixedShift());
    }
    ChannelAffine affine = new ChannelAffine(centre, scale, shift);
    return producer.isPresent() ? muted(producer.get(), affine) : affine;
  }

  /** The same, but constant where a scale of zero makes all weights of a channel zero. */
  private ChannelAffine muted(Node.Linear linear, ChannelAffine affine) {
    Optional<QuantizedTensor> tensor = weights.quantized(linear.weights());
    if (tensor.isEmpty()) {
      return affine;
    }
    float[] scales = tensor.get().scales();
    int channels = affine.scale().length;
    float[] scale = affine.scale().clone();
    float[] shift = affine.shift().clone();
    for (int k = 0; k < channels; k++) {
      if (scales[k / (channels / scales.length)] == 0) {
        shift[k] = affine.apply(0, k);
        scale[k] = 0;
      }
    }
    return new ChannelAffine(affine.centre(), scale, shift);
  }

  private static FoldedLayer.Activation activation(Node.Activation activation, float resolution) {
    return activation instanceof Node.Staircase staircase
        ? new FoldedLayer.Staircase(staircase.quantizer(), resolution)
        : activation instanceof Node.Rectifier
            ? new FoldedLayer.Rectifier()
            : new FoldedLayer.Identity();
  }

  private FoldedLayer.Activation activation(Node.Activation activation) {
    return activation(
        activation,
        activation instanceof Node.Staircase staircase ? value(staircase.resolution(), 0) : 1);
  }

  private float value(int slice, int i) {
    return weights.floats(slice)[i];
  }

  private double value(OptionalInt slice, int i, double otherwise) {
    return slice.isPresent() ? value(slice.getAsInt(), i) : otherwise;
  }
}
