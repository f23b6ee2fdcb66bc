// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The execution of a {@link SubsampleAndPad}. */
@SuppressWarnings("overrides") // BaseGraphVertex and its interface declare setInputs differently
final class SubsampleAndPadVertex extends BaseGraphVertex {

  private static final long serialVersionUID = 1;

  private final int channels;

  SubsampleAndPadVertex(
      ComputationGraph graph, String name, int index, int channels, DataType dataType) {
    super(graph, name, index, null, null, dataType);
    this.channels = channels;
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray x = inputs[0];
    long[] shape = {x.size(0), channels, (x.size(2) + 1) / 2, (x.size(3) + 1) / 2};
    INDArray y = workspaces.create(ArrayType.ACTIVATIONS, x.dataType(), shape, 'c');
    channelsOfInput(y).assign(everySecondPixel(x));
    return y;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    long[] shape = inputs[0].shape();
    INDArray dx = workspaces.create(ArrayType.ACTIVATION_GRAD, epsilon.dataType(), shape, 'c');
    everySecondPixel(dx).assign(channelsOfInput(epsilon));
    return new Pair<>(null, new INDArray[] {dx});
  }

  private INDArray channelsOfInput(INDArray output) {
    long count = inputs[0].size(1);
    long first = (channels - count) / 2;
    return output.get(all(), interval(first, first + count), all(), all());
  }

  private static INDArray everySecondPixel(INDArray image) {
    return image.get(all(), all(), interval(0, 2, image.size(2)), interval(0, 2, image.size(3)));
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    throw new UnsupportedOperationException("a shortcut without parameters has no gradients");
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatch) {
    return new Pair<>(masks == null || masks.length == 0 ? null : masks[0], state);
  }

  @Override
  public String toString() {
    return "SubsampleAndPad(" + getVertexName() + ", " + channels + " channels)";
  }
}
