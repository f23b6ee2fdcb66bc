// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The shortcut without parameters of a residual network whose block halves the image: every second
 * pixel in height and width, and channels of zeros, half of them before and half after.
 *
 * <pre>
 *   y[n, p + c, i, j] = x[n, c, 2i, 2j]      p = (channels − C) / 2, zero elsewhere
 *   [N, C, H, W] → [N, channels, ⌈H/2⌉, ⌈W/2⌉]
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016</a>, option A
 */
public final class SubsampleAndPad extends GraphVertex {

  private static final long serialVersionUID = 1;

  @JsonProperty private final int channels;

  /**
   * @param channels of the output; the input's plus an even number
   */
  public SubsampleAndPad(@JsonProperty("channels") int channels) {
    this.channels = channels;
  }

  /** Channels of the output. */
  public int channels() {
    return channels;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new SubsampleAndPadVertex(graph, name, index, channels, dataType);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    if (inputs.length == 1
        && inputs[0] instanceof InputTypeConvolutional image
        && image.getChannels() <= channels
        && (channels - image.getChannels()) % 2 == 0) {
      return InputType.convolutional(
          (image.getHeight() + 1) / 2, (image.getWidth() + 1) / 2, channels);
    }
    throw new IllegalStateException(
        "a shortcut to "
            + channels
            + " channels takes one image with as many channels or an even number less, not "
            + Arrays.toString(inputs));
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return 1;
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(
            null, SubsampleAndPad.class, inputs[0], getOutputType(-1, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public SubsampleAndPad clone() {
    return new SubsampleAndPad(channels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SubsampleAndPad that && channels == that.channels;
  }

  @Override
  public int hashCode() {
    return channels;
  }
}
