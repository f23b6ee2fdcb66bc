// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.pooling;

import java.nio.ByteBuffer;
import java.util.List;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.memory.GradientGather;
import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.step.Operation;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.Task;

/**
 * The shortcut that takes every second pixel and adds channels of zeros. The rest of the output,
 * and of the input's gradient, is zero.
 */
public final class ShortcutOperation implements Operation {

  /** The memory of a shortcut: values, and gradients of both ends. */
  public record Memory(Tensor input, Tensor output, Tensor outputGradient, Tensor inputGradient) {}

  private final Node.Shortcut node;
  private final Memory memory;
  private final GradientGather gather;
  private final Strips strips; // of the output
  private final int images;

  public ShortcutOperation(
      Node.Shortcut node, Memory memory, GradientGather gather, Strips strips, int images) {
    this.node = node;
    this.memory = memory;
    this.gather = gather;
    this.strips = strips;
    this.images = images;
  }

  @Override
  public List<Task> forward() {
    return List.of(new Task(Phase.RESAMPLING, step -> copyForward()));
  }

  @Override
  public List<Task> backward() {
    Runnable gathering = gather.into(memory.outputGradient(), strips);
    return List.of(
        new Task(Phase.RESAMPLING, step -> gathering.run()),
        new Task(Phase.RESAMPLING, step -> copyBackward()));
  }

  private void copyForward() {
    int width = memory.input().type().bytes();
    ByteBuffer from = memory.input().bytes();
    ByteBuffer to = memory.output().bytes();
    int length = node.input().shape().channels() * width;
    memory.output().clear();
    forEachPixel((in, out) -> to.put(out * width, from, in * width, length));
  }

  private void copyBackward() {
    int width = memory.outputGradient().type().bytes();
    ByteBuffer from = memory.outputGradient().bytes();
    ByteBuffer to = memory.inputGradient().bytes();
    int length = node.input().shape().channels() * width;
    memory.inputGradient().clear();
    forEachPixel((in, out) -> to.put(in * width, from, out * width, length));
  }

  private interface PixelVisitor {
    void visit(int inputElement, int outputElement);
  }

  private void forEachPixel(PixelVisitor visitor) {
    Shape in = node.input().shape();
    Shape out = node.output().shape();
    int before = (out.channels() - in.channels()) / 2;
    for (int n = 0; n < images; n++) {
      for (int i = 0; i < out.height(); i++) {
        for (int j = 0; j < out.width(); j++) {
          int from = ((n * in.height() + 2 * i) * in.width() + 2 * j) * in.paddedChannels();
          int to = ((n * out.height() + i) * out.width() + j) * out.paddedChannels() + before;
          visitor.visit(from, to);
        }
      }
    }
  }
}
