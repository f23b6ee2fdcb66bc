// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bcgd.data.ImageShape;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.network.layer.SubsampleAndPad;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.quantization.WeightQuantizer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * What a network costs: layer by layer, and in all.
 *
 * @param layers in topological order
 * @param floatBytes of all parameters in float32, running statistics and resolutions included
 */
public record NetworkSummary(List<LayerSummary> layers, long floatBytes) {

  public NetworkSummary {
    layers = List.copyOf(layers);
  }

  /** The figures of {@code network} with weights of that precision. */
  public static NetworkSummary of(NetworkDefinition network, WeightPrecision precision) {
    ParameterLayout layout = network.layout();
    List<LayerSummary> layers = new Reader(network, layout, precision).read();
    return new NetworkSummary(layers, 4L * layout.size());
  }

  /** Parameters trained by gradient, without resolutions. */
  public long parameters() {
    return layers.stream().mapToLong(LayerSummary::parameters).sum();
  }

  /** Multiplications with a weight, for one image. */
  public long multiplyAdds() {
    return layers.stream().mapToLong(LayerSummary::multiplyAdds).sum();
  }

  /** Multiply-adds times the bits of both factors, for one image. */
  public long bitOperations() {
    return layers.stream().mapToLong(LayerSummary::bitOperations).sum();
  }

  /** Bytes of all parameters with quantized weights packed: b bits a weight and 4 bytes a scale. */
  public long packedBytes() {
    return layers.stream().mapToLong(LayerSummary::packedBytes).sum();
  }

  /** Walks the graph and follows the bits of the activations. */
  private static final class Reader {

    private static final int FLOAT_BITS = 32;

    private final ComputationGraphConfiguration graph;
    private final ParameterLayout layout;
    private final WeightPrecision precision;
    private final Set<ParameterSlice> quantized;
    private final int quantizedBits;
    private final Map<String, InputType> outputs;
    private final Map<String, Integer> bits = new HashMap<>();

    Reader(NetworkDefinition network, ParameterLayout layout, WeightPrecision precision) {
      this.graph = network.graph();
      this.layout = layout;
      this.precision = precision;
      this.quantized = precision.quantizedSlices(layout);
      this.quantizedBits = precision.quantizer().map(WeightQuantizer::bits).orElse(FLOAT_BITS);
      ImageShape image = network.image();
      this.outputs =
          graph.getLayerActivationTypes(
              InputType.convolutional(image.height(), image.width(), image.channels()));
    }

    List<LayerSummary> read() {
      List<LayerSummary> layers = new ArrayList<>();
      for (String name : graph.getTopologicalOrderStr()) {
        GraphVertex vertex = graph.getVertices().get(name);
        if (vertex == null) {
          bits.put(name, FLOAT_BITS);
        } else {
          layers.add(summary(name, vertex));
        }
      }
      return layers;
    }

    private LayerSummary summary(String name, GraphVertex vertex) {
      Object kind = vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : vertex;
      int inputBits = bits.get(graph.getVertexInputs().get(name).get(0));
      bits.put(name, outputBits(kind, inputBits));
      List<Integer> shape = shape(outputs.get(name));
      return new LayerSummary(
          name,
          kind.getClass().getSimpleName(),
          shape,
          parameters(name),
          weights(name).map(this::weightBits).orElse(0),
          inputBits,
          weights(name).map(slice -> multiplyAdds(slice, shape)).orElse(0L),
          slices(name).mapToLong(this::packedBytes).sum());
    }

    private static int outputBits(Object kind, int inputBits) {
      if (kind instanceof QuantizedActivation activation) {
        return activation.quantizer().bits();
      }
      boolean keepsCodes =
          kind instanceof SubsampleAndPad
              || (kind instanceof SubsamplingLayer pool
                  && pool.getPoolingType() == PoolingType.MAX);
      return keepsCodes ? inputBits : FLOAT_BITS;
    }

    private Optional<ParameterSlice> weights(String name) {
      return layout.find(name + "/W");
    }

    private int weightBits(ParameterSlice slice) {
      return quantized.contains(slice) ? quantizedBits : FLOAT_BITS;
    }

    private static long multiplyAdds(ParameterSlice slice, List<Integer> shape) {
      long positions = shape.size() == 3 ? (long) shape.get(1) * shape.get(2) : 1;
      return slice.length() * positions;
    }

    private long parameters(String name) {
      return slices(name)
          .filter(slice -> !slice.role().isRunningStatistic())
          .filter(slice -> slice.role() != ParameterRole.RESOLUTION)
          .mapToLong(ParameterSlice::length)
          .sum();
    }

    private Stream<ParameterSlice> slices(String name) {
      return layout.slices().stream()
          .filter(slice -> slice.name().substring(0, slice.name().lastIndexOf('/')).equals(name));
    }

    private long packedBytes(ParameterSlice slice) {
      if (!quantized.contains(slice)) {
        return 4L * slice.length();
      }
      return ((long) slice.length() * quantizedBits + 7) / 8 + 4L * precision.scales(slice);
    }

    private static List<Integer> shape(InputType type) {
      if (type instanceof InputTypeConvolutional image) {
        return List.of(
            Math.toIntExact(image.getChannels()),
            Math.toIntExact(image.getHeight()),
            Math.toIntExact(image.getWidth()));
      }
      return List.of(Math.toIntExact(type.arrayElementsPerExample()));
    }
  }
}
