// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bcgd.network.layer.RowMajor;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes every batch normalisation in terms of a batch's own mean m and variance v. What the norm
 * computes with its running statistics stays the same, and becomes what it computes in training.
 *
 * <pre>
 *   γ′ = γ·√(v + ε) / √(var + ε)      β′ = β + γ·(m − mean) / √(var + ε)      mean′ = m, var′ = v
 * </pre>
 */
final class NormWalk {

  private final ComputationGraph graph;
  private final Map<String, float[]> parameters = new LinkedHashMap<>(); // by slice

  NormWalk(ComputationGraph graph) {
    this.graph = graph;
  }

  Map<String, float[]> through(INDArray pixels) {
    new GraphWalk(graph).through(pixels, this::restate);
    return parameters;
  }

  private void restate(GraphVertex vertex) {
    if (vertex.hasLayer()
        && vertex.getLayer().conf().getLayer() instanceof BatchNormalization norm
        && !norm.isLockGammaBeta()) {
      restate(vertex.getVertexName(), vertex.getLayer(), vertex.getInputs()[0], norm.getEps());
    }
  }

  private void restate(String name, Layer layer, INDArray input, double epsilon) {
    float[] gamma = RowMajor.copy(layer.getParam(BatchNormalizationParamInitializer.GAMMA));
    float[] beta = RowMajor.copy(layer.getParam(BatchNormalizationParamInitializer.BETA));
    float[] mean = RowMajor.copy(layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN));
    float[] variance = RowMajor.copy(layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR));
    float[] values = RowMajor.copy(input);
    int pixels = values.length / Math.toIntExact(input.size(0)) / gamma.length;
    for (int c = 0; c < gamma.length; c++) {
      double[] moments = moments(values, c, gamma.length, pixels);
      double slope = gamma[c] / Math.sqrt(variance[c] + epsilon);
      beta[c] += (float) (slope * (moments[0] - mean[c]));
      gamma[c] = (float) (slope * Math.sqrt(moments[1] + epsilon));
      mean[c] = (float) moments[0];
      variance[c] = (float) moments[1];
    }
    set(name, layer, BatchNormalizationParamInitializer.GAMMA, gamma);
    set(name, layer, BatchNormalizationParamInitializer.BETA, beta);
    set(name, layer, BatchNormalizationParamInitializer.GLOBAL_MEAN, mean);
    set(name, layer, BatchNormalizationParamInitializer.GLOBAL_VAR, variance);
  }

  /** Mean and biased variance of channel {@code c} of [N, channels, pixels]. */
  private static double[] moments(float[] values, int c, int channels, int pixels) {
    double sum = 0;
    double squares = 0;
    int count = values.length / channels;
    for (int from = c * pixels; from < values.length; from += channels * pixels) {
      for (int i = from; i < from + pixels; i++) {
        sum += values[i];
        squares += (double) values[i] * values[i];
      }
    }
    double mean = sum / count;
    return new double[] {mean, Math.max(0, squares / count - mean * mean)};
  }

  private void set(String name, Layer layer, String parameter, float[] values) {
    RowMajor.values(layer.getParam(parameter)).put(values);
    parameters.put(name + "/" + parameter, values);
  }
}
