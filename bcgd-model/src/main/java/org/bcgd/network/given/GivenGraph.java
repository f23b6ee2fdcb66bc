// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.given;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.bcgd.checksum.Sha256;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.layer.RowMajor;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A user's graph with its parameters, which are read and written by the names of a layout and in
 * its shapes.
 *
 * <pre>
 *   dense, output         W [out, in] here      Wᵀ [in, out] in the graph
 *   batch normalisation   variance σ² here      log₁₀ σ in a graph with useLogStd, as is the default
 * </pre>
 */
public final class GivenGraph {

  private final ComputationGraph graph;

  /**
   * @param graph initialised
   */
  public GivenGraph(ComputationGraph graph) {
    this.graph = graph;
  }

  /** Its configuration in JSON. */
  public String json() {
    return graph.getConfiguration().toJson();
  }

  /** The shape [C, H, W] into which the graph folds vectors that enter it, if it does. */
  Optional<long[]> folding() {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    return configuration.getVertices().keySet().stream()
        .filter(
            vertex ->
                configuration
                    .getVertexInputs()
                    .get(vertex)
                    .equals(configuration.getNetworkInputs()))
        .map(configuration.getVertices()::get)
        .filter(LayerVertex.class::isInstance)
        .map(vertex -> ((LayerVertex) vertex).getPreProcessor())
        .filter(FeedForwardToCnnPreProcessor.class::isInstance)
        .map(FeedForwardToCnnPreProcessor.class::cast)
        .map(
            fold -> new long[] {fold.getNumChannels(), fold.getInputHeight(), fold.getInputWidth()})
        .findFirst();
  }

  /**
   * The values of its parameters, [layout.size()].
   *
   * @throws SettingsException if a parameter is missing or has another shape
   */
  public float[] values(ParameterLayout layout) {
    float[] values = new float[layout.size()];
    for (ParameterSlice slice : layout.slices()) {
      float[] given = RowMajor.copy(inOurForm(slice).castTo(DataType.FLOAT));
      if (isLogarithm(slice)) {
        for (int i = 0; i < given.length; i++) {
          given[i] = (float) Math.pow(10, 2.0 * given[i]);
        }
      }
      System.arraycopy(given, 0, values, slice.offset(), slice.length());
    }
    return values;
  }

  /**
   * Gives its parameters other values.
   *
   * @param values [layout.size()]
   * @throws SettingsException if a parameter is missing or has another shape; none is then changed
   */
  public void take(float[] values, ParameterLayout layout) {
    layout.slices().forEach(this::inOurForm);
    for (ParameterSlice slice : layout.slices()) {
      INDArray target = inOurForm(slice);
      float[] taken = new float[slice.length()];
      System.arraycopy(values, slice.offset(), taken, 0, taken.length);
      if (isLogarithm(slice)) {
        for (int i = 0; i < taken.length; i++) {
          taken[i] = (float) (0.5 * Math.log10(taken[i]));
        }
      }
      target.assign(Nd4j.create(taken, target.shape(), 'c'));
    }
  }

  /** SHA-256 of all its parameters: equal values, equal digests. */
  public String digest() {
    float[] values = RowMajor.copy(graph.params().castTo(DataType.FLOAT));
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return Sha256.hex(bytes.array());
  }

  /** The graph's own array, seen in the shape of the slice. */
  private INDArray inOurForm(ParameterSlice slice) {
    INDArray parameter = parameter(slice);
    boolean dense = slice.role() == ParameterRole.WEIGHT && slice.shape().size() == 2;
    INDArray seen = dense ? parameter.transpose() : parameter;
    if (!hasShape(seen, slice)) {
      throw new SettingsException(
          "the graph's parameter %s has the shape %s, needed is %s"
              .formatted(slice.name(), Arrays.toString(parameter.shape()), slice.shape()));
    }
    return seen;
  }

  /** Vectors are rows, [1, length], in the graph. */
  private static boolean hasShape(INDArray parameter, ParameterSlice slice) {
    long[] needed = slice.shape().stream().mapToLong(Integer::longValue).toArray();
    return needed.length == 1
        ? parameter.length() == needed[0]
        : Arrays.equals(parameter.shape(), needed);
  }

  private INDArray parameter(ParameterSlice slice) {
    String name =
        isLogarithm(slice)
            ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
            : slice.name().substring(slice.name().lastIndexOf('/') + 1);
    return layer(slice)
        .map(layer -> layer.getParam(name))
        .orElseThrow(() -> new SettingsException("the graph has no parameter " + slice.name()));
  }

  /** The layer whose parameter it is, if the graph has it. */
  private Optional<Layer> layer(ParameterSlice slice) {
    String name = slice.name().substring(0, slice.name().lastIndexOf('/'));
    return Optional.ofNullable(graph.getVertex(name)).map(GraphVertex::getLayer);
  }

  private boolean isLogarithm(ParameterSlice slice) {
    return slice.role() == ParameterRole.RUNNING_VARIANCE
        && layer(slice)
            .map(layer -> layer.getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD))
            .isPresent();
  }
}
