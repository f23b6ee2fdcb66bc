// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import java.nio.FloatBuffer;
import java.util.Map;
import org.bcgd.data.Batch;
import org.bcgd.network.CoarseGradientNetwork;
import org.bcgd.network.LayerSummary;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.NetworkSummary;
import org.bcgd.network.ResolutionStart;
import org.bcgd.network.layer.RowMajor;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A network executed by Deeplearning4j.
 *
 * <p>Batch statistics come out of its backward pass: for a running statistic s it gives the update
 * (1 − decay) · (s − batch statistic), which is minus the batch statistic when decay and s are 0.
 */
public final class Deeplearning4jNetwork implements CoarseGradientNetwork {

  private final NetworkDefinition definition;
  private final ParameterLayout layout;
  private final int threads;
  private final CountingCrossEntropy loss = new CountingCrossEntropy();
  private final ComputationGraph graph;
  private final INDArray parameters; // [1, layout.size()], the graph's own
  private long reserved; // bytes

  /**
   * @param threads native threads; a setting of the whole process, so every network of a process
   *     has the same
   */
  public Deeplearning4jNetwork(NetworkDefinition definition, int threads) {
    this.definition = definition;
    this.layout = definition.layout();
    this.threads = threads;
    useThreads();
    this.parameters = Nd4j.create(DataType.FLOAT, 1, layout.size());
    this.graph = new ComputationGraph(executable(definition.graph()));
    graph.init(parameters, false);
  }

  private ComputationGraphConfiguration executable(ComputationGraphConfiguration configuration) {
    for (var vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layerVertex) {
        var layer = layerVertex.getLayerConf().getLayer();
        if (layer instanceof BatchNormalization norm) {
          norm.setDecay(0);
        } else if (layer instanceof OutputLayer output) {
          output.setLossFn(loss);
        }
      }
    }
    return configuration;
  }

  /**
   * An estimate, since ND4J plans nothing ahead: weights, gradient and its copy, and every layer's
   * output and its gradient, in float32.
   */
  @Override
  public long reserveGradient(WeightSnapshot weights, int batch) {
    reserved = Math.max(reserved, bytes(definition, batch));
    return reserved;
  }

  /**
   * Native memory that a network takes for batches of a size: an estimate, since ND4J asks for it
   * as it goes.
   *
   * <pre>
   *   4 · (3·n + 2·N·Σ outputs of a layer) bytes      n: parameters, N: images of the batch
   * </pre>
   */
  public static long bytes(NetworkDefinition definition, int batch) {
    long outputs = 0;
    for (LayerSummary layer :
        NetworkSummary.of(definition, WeightPrecision.floatingPoint()).layers()) {
      outputs +=
          layer.outputShape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }
    return 4L * (3L * definition.layout().size() + 2L * batch * outputs);
  }

  @Override
  public long reserveClassify(WeightSnapshot weights, int batch) {
    return reserveGradient(weights, batch);
  }

  @Override
  public GradientSum gradient(WeightSnapshot weights, Batch batch) {
    prepare(weights, batch);
    setStatisticsToZero();
    loss.expect(batch);
    try (INDArray pixels = pixels(batch);
        INDArray oneHot = oneHot(batch.labels())) {
      graph.setInputs(pixels);
      graph.setLabels(oneHot);
      graph.computeGradientAndScore();
    }
    float[] sums = RowMajor.copy(graph.getGradientsViewArray());
    negateStatistics(sums);
    return new GradientSum(sums, loss.loss(), loss.correct(), batch.size(), 1);
  }

  @Override
  public float[] classify(WeightSnapshot weights, Batch batch) {
    prepare(weights, batch);
    try (INDArray pixels = pixels(batch);
        INDArray output = graph.outputSingle(false, pixels)) {
      return RowMajor.copy(output);
    }
  }

  /**
   * The resolutions at which the quantized activations start, by the name of their slice. The
   * images pass through the graph once, with the batch's own statistics; each activation's
   * resolution is set from what enters it before the images go on.
   *
   * @param weights of a float network; its resolutions are not read
   * @throws org.bcgd.failure.SettingsException if what enters an activation has no positive value
   * @throws org.bcgd.failure.DivergenceException if it has a value that is not finite
   */
  public Map<String, Float> startResolutions(
      WeightSnapshot weights, Batch batch, ResolutionStart start) {
    prepare(weights, batch);
    try (INDArray pixels = pixels(batch)) {
      return new ResolutionWalk(graph, start).through(pixels);
    }
  }

  /**
   * The parameters of the batch norms, by the name of their slice, written in terms of the mean and
   * variance of these images. The network computes with them in training what it computed with its
   * running statistics before, which is needed where those say nothing of what enters a norm: after
   * batch norm was folded into the convolutions.
   *
   * @param weights of a float network
   */
  public Map<String, float[]> restateNorms(WeightSnapshot weights, Batch batch) {
    prepare(weights, batch);
    try (INDArray pixels = pixels(batch)) {
      return new NormWalk(graph).through(pixels);
    }
  }

  private void prepare(WeightSnapshot weights, Batch batch) {
    definition.requireFit(weights, batch);
    useThreads();
    RowMajor.values(parameters).put(weights.values());
  }

  private void useThreads() {
    // the factory first: it loads the native library that the operations need
    Nd4j.factory().blas().setMaxThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
  }

  private void setStatisticsToZero() {
    FloatBuffer values = RowMajor.values(parameters);
    for (ParameterSlice slice : layout.slices()) {
      if (slice.role().isRunningStatistic()) {
        values.put(slice.offset(), new float[slice.length()]);
      }
    }
  }

  private void negateStatistics(float[] sums) {
    for (ParameterSlice slice : layout.slices()) {
      if (slice.role().isRunningStatistic()) {
        for (int i = slice.offset(); i < slice.end(); i++) {
          sums[i] = -sums[i];
        }
      }
    }
  }

  private static INDArray pixels(Batch batch) {
    long[] shape = {
      batch.size(), batch.shape().channels(), batch.shape().height(), batch.shape().width()
    };
    return Nd4j.create(batch.pixels(), shape, 'c');
  }

  private INDArray oneHot(int[] labels) {
    int classes = definition.classes();
    float[] rows = new float[labels.length * classes];
    for (int n = 0; n < labels.length; n++) {
      rows[n * classes + labels[n]] = 1;
    }
    return Nd4j.create(rows, new long[] {labels.length, classes}, 'c');
  }

  /** Frees the native memory of the network, and the workspaces of the calling thread. */
  @Override
  public void close() {
    graph.close();
  }
}
