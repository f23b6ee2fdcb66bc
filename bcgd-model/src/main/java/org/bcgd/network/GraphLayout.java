// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/**
 * Writes down the order in which Deeplearning4j lays parameters into one vector: vertex by vertex
 * in topological order, and inside a layer
 *
 * <pre>
 *   convolution           b [out], W [out, in, height, width]
 *   dense, output         W [out, in], b [out]         (Deeplearning4j's [in, out] in Fortran order)
 *   batch normalisation   gamma, beta, mean, var       each [channels]
 *   quantized activation  alpha [1]
 * </pre>
 */
final class GraphLayout {

  private final List<ParameterSlice> slices = new ArrayList<>();
  private int end;

  private GraphLayout() {}

  /**
   * @throws SettingsException if a layer has parameters of another kind
   */
  static ParameterLayout of(String network, ComputationGraphConfiguration graph) {
    GraphLayout layout = new GraphLayout();
    for (String vertex : graph.getTopologicalOrderStr()) {
      if (graph.getVertices().get(vertex) instanceof LayerVertex layerVertex) {
        layout.addLayer(network, vertex, layerVertex.getLayerConf().getLayer());
      }
    }
    return new ParameterLayout(layout.slices);
  }

  private void addLayer(String network, String name, Layer layer) {
    int start = end;
    if (layer.getClass() == ConvolutionLayer.class) {
      addConvolution(name, (ConvolutionLayer) layer);
    } else if (layer.getClass() == DenseLayer.class) {
      addDense(name, (FeedForwardLayer) layer, ((DenseLayer) layer).hasBias());
    } else if (layer.getClass() == OutputLayer.class) {
      addDense(name, (FeedForwardLayer) layer, ((OutputLayer) layer).hasBias());
    } else if (layer instanceof BatchNormalization norm) {
      addNorm(name, norm);
    } else if (layer instanceof QuantizedActivation) {
      add(name, QuantizedActivation.RESOLUTION, ParameterRole.RESOLUTION, 1);
    }
    if (end - start != layer.initializer().numParams(layer)) {
      throw new SettingsException(
          "network "
              + network
              + " cannot be trained: layer "
              + name
              + ", a "
              + layer.getClass().getSimpleName()
              + ", has parameters of a kind that is not supported");
    }
  }

  private void addConvolution(String name, ConvolutionLayer layer) {
    int outputs = Math.toIntExact(layer.getNOut());
    int inputs = Math.toIntExact(layer.getNIn());
    int[] kernel = layer.getKernelSize();
    if (layer.hasBias()) {
      add(name, "b", ParameterRole.BIAS, outputs);
    }
    add(name, "W", ParameterRole.WEIGHT, outputs, inputs, kernel[0], kernel[1]);
  }

  private void addDense(String name, FeedForwardLayer layer, boolean hasBias) {
    int outputs = Math.toIntExact(layer.getNOut());
    add(name, "W", ParameterRole.WEIGHT, outputs, Math.toIntExact(layer.getNIn()));
    if (hasBias) {
      add(name, "b", ParameterRole.BIAS, outputs);
    }
  }

  private void addNorm(String name, BatchNormalization layer) {
    int channels = Math.toIntExact(layer.getNOut());
    if (!layer.isLockGammaBeta()) {
      add(name, "gamma", ParameterRole.NORM_SCALE, channels);
      add(name, "beta", ParameterRole.NORM_SHIFT, channels);
    }
    add(name, "mean", ParameterRole.RUNNING_MEAN, channels);
    add(name, "var", ParameterRole.RUNNING_VARIANCE, channels);
  }

  private void add(String layer, String parameter, ParameterRole role, Integer... shape) {
    ParameterSlice slice = new ParameterSlice(layer + "/" + parameter, role, end, List.of(shape));
    slices.add(slice);
    end = slice.end();
  }
}
