// SPDX-License-Identifier: Apache-2.0
package org.bcgd.export;

import static org.bcgd.export.OnnxGraph.whole;
import static org.bcgd.export.OnnxGraph.wholes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto;
import org.bcgd.engine.folded.ChannelAffine;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.folded.FoldedWeights;
import org.bcgd.engine.folded.Requantizing;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Window;
import org.bcgd.quantization.Rounding;

/**
 * Writes the layers of a folded network as ONNX operators on [N, C, H, W]. Element-wise work is
 * written operation by operation, in the order and precision of the training engine.
 *
 * <p>QLinearConv rounds to nearest and takes whole biases only. The levels of its weights are
 * therefore multiplied with a whole number g, as far as signed bytes allow, so that the bias moves
 * sums by 1/g; where that is enough to give the right code for every possible sum, it is used.
 */
final class OnnxLayers {

  private static final int LARGEST_LEVEL = 127;
  private static final int ZERO_POINT = 128;

  private final FoldedNetwork network;
  private final OnnxDialect dialect;
  private final OnnxGraph graph;
  private final String[] names; // of the values; null where sums became codes at once

  OnnxLayers(FoldedNetwork network, OnnxDialect dialect, OnnxGraph graph, String image) {
    this.network = network;
    this.dialect = dialect;
    this.graph = graph;
    this.names = new String[network.layers().size() + 1];
    names[0] = image;
  }

  /** Writes all layers and returns the name of the last one's sums, [N, classes, 1, 1]. */
  String write() {
    for (int i = 0; i < network.layers().size(); i++) {
      names[i + 1] = write(network.layers().get(i), i + 1);
    }
    return names[names.length - 1];
  }

  private String write(FoldedLayer layer, int value) {
    String name = "value" + value + "/" + layer.name();
    if (layer instanceof FoldedLayer.Linear linear) {
      boolean waits = requantization(linear, network.onlyStaircase(value)).isPresent();
      return waits ? null : sums(linear, name);
    } else if (layer instanceof FoldedLayer.Stage stage) {
      int first = stage.terms().get(0).input();
      return names[first] == null ? codes(stage, first, name) : stage(stage, name);
    } else if (layer instanceof FoldedLayer.Pooling pooling) {
      return pool(pooling, name);
    }
    return shortcut((FoldedLayer.Shortcut) layer, name);
  }

  private boolean isBytes(int value) {
    return dialect == OnnxDialect.INTEGER && network.form(value) == FoldedNetwork.Form.CODES;
  }

  /** What the levels are multiplied with in QLinearConv. */
  private static int factor(FoldedWeights.Levels weights) {
    int largest = 1;
    for (byte level : weights.tensor().levels()) {
      largest = Math.max(largest, Math.abs(level));
    }
    return LARGEST_LEVEL / largest;
  }

  private Optional<Requantizing.Coefficients> requantization(
      FoldedLayer.Linear layer, Optional<FoldedLayer.Stage> stage) {
    if (dialect != OnnxDialect.INTEGER || stage.isEmpty()) {
      return Optional.empty();
    }
    return Requantizing.find(
        stage.get().terms().get(0).affine(),
        (FoldedLayer.Staircase) stage.get().activation(),
        network.reach(layer),
        factor((FoldedWeights.Levels) layer.weights()));
  }

  /** Sums in float32. */
  private String sums(FoldedLayer.Linear layer, String name) {
    AttributeProto[] window = convolution(layer.window());
    String input = names[layer.input()];
    if (isBytes(layer.input())) {
      return cast(convInteger(layer, input, name, window), name, TensorProto.DataType.FLOAT);
    }
    float[] weights = weights(layer.weights());
    return graph.node("Conv", name, List.of(input, graph.floats(weights, extents(layer))), window);
  }

  /** ONNX Runtime takes unsigned weights here; their zero point makes them signed. */
  private String convInteger(
      FoldedLayer.Linear layer, String input, String name, AttributeProto... window) {
    byte[] levels = ((FoldedWeights.Levels) layer.weights()).tensor().levels().clone();
    for (int i = 0; i < levels.length; i++) {
      levels[i] += (byte) ZERO_POINT;
    }
    return graph.node(
        "ConvInteger",
        name + "/int32",
        List.of(
            input,
            graph.unsignedBytes(levels, extents(layer)),
            graph.unsignedByte(0),
            graph.unsignedByte(ZERO_POINT)),
        window);
  }

  private static float[] weights(FoldedWeights weights) {
    if (weights instanceof FoldedWeights.Floats floats) {
      return floats.values();
    }
    byte[] levels = ((FoldedWeights.Levels) weights).tensor().levels();
    float[] values = new float[levels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = levels[i];
    }
    return values;
  }

  private long[] extents(FoldedLayer.Linear layer) {
    Window.Pair kernel = layer.window().kernel();
    return new long[] {
      layer.output().channels(),
      network.shape(layer.input()).channels(),
      kernel.height(),
      kernel.width()
    };
  }

  /** A convolution and its staircase as one QLinearConv; falling channels are turned round. */
  private String codes(FoldedLayer.Stage stage, int sums, String name) {
    FoldedLayer.Linear layer = (FoldedLayer.Linear) network.layers().get(sums - 1);
    Requantizing.Coefficients to = requantization(layer, Optional.of(stage)).orElseThrow();
    FoldedWeights.Levels weights = (FoldedWeights.Levels) layer.weights();
    byte[] levels = weights.tensor().levels().clone();
    int factor = factor(weights);
    int row = levels.length / to.scale().length;
    float[] scales = new float[to.scale().length];
    int[] biases = new int[scales.length];
    for (int k = 0; k < scales.length; k++) {
      int sign = to.scale()[k] < 0 ? -1 : 1;
      scales[k] = sign * to.scale()[k] / factor;
      biases[k] = sign * Math.round(to.shift()[k] * factor);
      for (int i = k * row; i < (k + 1) * row; i++) {
        levels[i] *= (byte) (sign * factor);
      }
    }
    String one = graph.scalar(1);
    String zero = graph.unsignedByte(0);
    String codes =
        graph.node(
            "QLinearConv",
            name + "/unclipped",
            List.of(
                names[layer.input()],
                one,
                zero,
                graph.signedBytes(levels, extents(layer)),
                graph.floats(scales, scales.length),
                graph.signedBytes(new byte[scales.length], scales.length),
                one,
                zero,
                graph.integers(biases, biases.length)),
            convolution(layer.window()));
    return graph.node("Clip", name, List.of(codes, zero, graph.unsignedByte(to.top())));
  }

  private String stage(FoldedLayer.Stage stage, String name) {
    String sum = null;
    for (int i = 0; i < stage.terms().size(); i++) {
      FoldedLayer.Term term = stage.terms().get(i);
      String part = name + "/term" + i;
      String values =
          isBytes(term.input())
              ? cast(names[term.input()], part + "/float", TensorProto.DataType.FLOAT)
              : names[term.input()];
      String scaled = affine(term.affine(), values, part);
      sum = sum == null ? scaled : graph.node("Add", part + "/sum", List.of(sum, scaled));
    }
    return activation(stage.activation(), sum, name);
  }

  /** scale · (x − centre) + shift; what changes nothing is left out. */
  String affine(ChannelAffine affine, String x, String name) {
    String y = x;
    if (differs(affine.centre(), 0)) {
      y = graph.node("Sub", name + "/centred", List.of(y, byChannel(affine.centre())));
    }
    if (differs(affine.scale(), 1)) {
      y = graph.node("Mul", name + "/scaled", List.of(y, byChannel(affine.scale())));
    }
    if (differs(affine.shift(), 0)) {
      y = graph.node("Add", name + "/shifted", List.of(y, byChannel(affine.shift())));
    }
    return y;
  }

  private static boolean differs(float[] values, float neutral) {
    for (float value : values) {
      if (value != neutral) {
        return true;
      }
    }
    return false;
  }

  private String byChannel(float[] values) {
    return graph.floats(values, 1, values.length, 1, 1);
  }

  private String activation(FoldedLayer.Activation activation, String x, String name) {
    if (activation instanceof FoldedLayer.Staircase staircase) {
      boolean up = staircase.quantizer().rounding() == Rounding.UP;
      String steps =
          graph.node("Div", name + "/steps", List.of(x, graph.scalar(staircase.resolution())));
      String whole = graph.node(up ? "Ceil" : "Round", name + "/rounded", List.of(steps));
      List<String> bounds =
          List.of(whole, graph.scalar(0), graph.scalar(staircase.quantizer().levels()));
      return dialect == OnnxDialect.INTEGER
          ? cast(graph.node("Clip", name + "/float", bounds), name, TensorProto.DataType.UINT8)
          : graph.node("Clip", name, bounds);
    }
    return activation instanceof FoldedLayer.Rectifier ? graph.node("Relu", name, List.of(x)) : x;
  }

  private String cast(String x, String name, TensorProto.DataType type) {
    return graph.node("Cast", name, List.of(x), whole("to", type.getNumber()));
  }

  private String pool(FoldedLayer.Pooling layer, String name) {
    Window window = layer.window();
    List<AttributeProto> attributes = new ArrayList<>(List.of(walk(window)));
    boolean mean = layer.kind() != Node.Pooling.Kind.MAXIMUM;
    if (mean) {
      boolean counts = layer.kind() == Node.Pooling.Kind.MEAN_WITH_PADDING;
      attributes.add(whole("count_include_pad", counts ? 1 : 0));
    }
    return graph.node(
        mean ? "AveragePool" : "MaxPool",
        name,
        List.of(names[layer.input()]),
        attributes.toArray(AttributeProto[]::new));
  }

  private String shortcut(FoldedLayer.Shortcut layer, String name) {
    Shape in = network.shape(layer.input());
    String halved =
        graph.node(
            "Slice",
            name + "/halved",
            List.of(
                names[layer.input()],
                graph.indices(0, 0),
                graph.indices(in.height(), in.width()),
                graph.indices(2, 3),
                graph.indices(2, 2)));
    long added = layer.output().channels() - in.channels();
    long before = added / 2;
    return graph.node(
        "Pad", name, List.of(halved, graph.indices(0, before, 0, 0, 0, added - before, 0, 0)));
  }

  private static AttributeProto[] convolution(Window window) {
    List<AttributeProto> attributes = new ArrayList<>(List.of(walk(window)));
    attributes.add(wholes("dilations", window.dilation().height(), window.dilation().width()));
    return attributes.toArray(AttributeProto[]::new);
  }

  private static AttributeProto[] walk(Window window) {
    return new AttributeProto[] {
      wholes("kernel_shape", window.kernel().height(), window.kernel().width()),
      wholes("strides", window.stride().height(), window.stride().width()),
      wholes(
          "pads",
          window.before().height(),
          window.before().width(),
          window.after().height(),
          window.after().width())
    };
  }
}
