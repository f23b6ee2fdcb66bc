// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bcgd.data.Batch;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.network.layer.RowMajor;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.QuantizedTensor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Changes resolutions by a few percent so that nothing which enters a staircase lies near the edge
 * of a step. Two executions that round differently then agree on every code.
 */
public final class AwayFromEdges {

  private static final int CANDIDATES = 48;
  private static final float SPREAD = 0.1f; // of a resolution

  private final NetworkDefinition definition;
  private final float[] values;
  private double margin = Double.MAX_VALUE;

  private AwayFromEdges(NetworkDefinition definition, float[] values) {
    this.definition = definition;
    this.values = values;
  }

  /**
   * @param margin the least distance between what enters a staircase and an edge, over all of them
   */
  public record Result(WeightSnapshot weights, double margin) {}

  /** Weights whose resolutions are away from what {@code batch} sends into the staircases. */
  public static Result choose(NetworkDefinition definition, WeightSnapshot weights, Batch batch) {
    AwayFromEdges search = new AwayFromEdges(definition, weights.values().clone());
    search.walk(batch);
    ParameterLayout layout = definition.layout();
    List<Optional<QuantizedTensor>> tensors = new ArrayList<>();
    for (int i = 0; i < layout.slices().size(); i++) {
      tensors.add(weights.quantized(i));
    }
    return new Result(new WeightSnapshot(layout, tensors, search.values), search.margin);
  }

  private void walk(Batch batch) {
    ComputationGraph graph = new ComputationGraph(definition.graph());
    try (INDArray parameters = Nd4j.create(DataType.FLOAT, 1, values.length);
        INDArray pixels =
            Nd4j.create(
                batch.pixels(),
                new long[] {
                  batch.size(),
                  batch.shape().channels(),
                  batch.shape().height(),
                  batch.shape().width()
                },
                'c')) {
      RowMajor.values(parameters).put(values);
      graph.init(parameters, false);
      new GraphWalk(graph).through(pixels, this::visit);
    } finally {
      graph.close();
    }
  }

  private void visit(GraphVertex vertex) {
    if (vertex.hasLayer()
        && vertex.getLayer().conf().getLayer() instanceof QuantizedActivation activation) {
      String name = vertex.getVertexName() + "/" + QuantizedActivation.RESOLUTION;
      int slot = definition.layout().find(name).orElseThrow().offset();
      float[] inputs = RowMajor.copy(vertex.getInputs()[0]);
      int levels = activation.quantizer().levels();
      values[slot] = best(inputs, values[slot], levels);
      margin = Math.min(margin, distance(inputs, values[slot], levels));
      vertex.getLayer().getParam(QuantizedActivation.RESOLUTION).assign(values[slot]);
    }
  }

  private static float best(float[] inputs, float start, int levels) {
    float best = start;
    double largest = -1;
    for (int i = 0; i < CANDIDATES; i++) {
      float resolution = start * (1 + SPREAD * (2f * i / CANDIDATES - 1));
      double distance = distance(inputs, resolution, levels);
      if (distance > largest) {
        best = resolution;
        largest = distance;
      }
    }
    return best;
  }

  /** The least |x − k·α| over all x and k = 0..L. */
  private static double distance(float[] inputs, float resolution, int levels) {
    double least = Double.MAX_VALUE;
    for (float x : inputs) {
      double edge = Math.max(0, Math.min(levels, Math.rint((double) x / resolution)));
      least = Math.min(least, Math.abs(x - edge * resolution));
    }
    return least;
  }
}
