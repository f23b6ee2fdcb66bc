// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bcgd.failure.DivergenceException;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.ResolutionStart;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.network.layer.RowMajor;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One training-mode pass in topological order that sets each resolution from its own input. */
final class ResolutionWalk {

  private final ComputationGraph graph;
  private final ResolutionStart start;
  private final Map<String, Float> resolutions = new LinkedHashMap<>();

  ResolutionWalk(ComputationGraph graph, ResolutionStart start) {
    this.graph = graph;
    this.start = start;
  }

  Map<String, Float> through(INDArray pixels) {
    new GraphWalk(graph).through(pixels, this::start);
    return resolutions;
  }

  private void start(GraphVertex vertex) {
    if (vertex.hasLayer()
        && vertex.getLayer().conf().getLayer() instanceof QuantizedActivation activation) {
      set(vertex, activation);
    }
  }

  private void set(GraphVertex vertex, QuantizedActivation activation) {
    Layer layer = vertex.getLayer();
    float[] values = RowMajor.copy(vertex.getInputs()[0]);
    requireUsable(vertex.getVertexName(), values);
    float resolution = start.resolution(values, activation.quantizer());
    layer.getParam(QuantizedActivation.RESOLUTION).assign(resolution);
    resolutions.put(vertex.getVertexName() + "/" + QuantizedActivation.RESOLUTION, resolution);
  }

  private void requireUsable(String name, float[] values) {
    boolean positive = false;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new DivergenceException(
            "activation "
                + name
                + " receives "
                + value
                + " in the first minibatch; check the"
                + " weights that the training starts from");
      }
      positive |= value > 0;
    }
    if (!positive && start.needsPositiveValues()) {
      throw new SettingsException(
          "activation "
              + name
              + " receives no positive value in the first minibatch, so its"
              + " resolution cannot be fitted; check the weights that the training starts from,"
              + " or give the resolutions a fixed start");
    }
  }
}
