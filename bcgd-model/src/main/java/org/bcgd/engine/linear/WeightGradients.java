// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.linear;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.onednn.primitive.Primitive;

/**
 * What each thread leaves behind as ∂ℓ/∂w of a layer, in the layout that its convolution chose, and
 * how all add it up: each thread some output channels, few at a time, so that they stay in the
 * cache.
 */
final class WeightGradients {

  /** Output channels at a time, at most; a power of two. */
  private static final int CHANNELS = 64;

  /** What is done with the gradient of an output channel's weights. */
  interface Visitor {

    /**
     * @param thread whose part {@code row} is
     * @param row [inputs, height, width]
     */
    void visit(int channel, int thread, float[] row);
  }

  /**
   * @param channels at a time
   * @param passing [channels at a time, inputs, height, width], of one thread's gradient
   * @param unpacking by the first of the channels, for every thread's gradient
   */
  private record Share(
      int channels, Tensor passing, Map<Integer, List<Primitive>> unpacking, float[] row) {

    void visit(int first, int thread, Visitor visitor) {
      unpacking.get(first).get(thread).execute();
      for (int i = 0; i < channels; i++) {
        passing.load(i * row.length, row, row.length);
        visitor.visit(first + i, thread, row);
      }
    }
  }

  private final int[] extents; // outputs, inputs, height, width
  private final List<Tensor> gradients = new ArrayList<>(); // by thread
  private final List<Share> shares = new ArrayList<>(); // by thread

  /**
   * @param extents outputs, inputs, height, width in memory
   */
  WeightGradients(int... extents) {
    this.extents = extents;
  }

  /** Adds what the next thread leaves behind. */
  void add(Tensor gradient) {
    gradients.add(gradient);
  }

  /** Output channels at a time: whole blocks of every layout. */
  private int channels() {
    int channels = Math.min(CHANNELS, Integer.lowestOneBit(extents[0]));
    boolean whole = gradients.stream().allMatch(g -> channels % g.outputBlock() == 0);
    return whole ? channels : extents[0];
  }

  /**
   * Describes the share of the next thread, once all have added theirs.
   *
   * @return memory that it needs meanwhile, to be placed
   */
  Tensor share(Arena arena) {
    int thread = shares.size();
    int step = channels();
    Tensor passing =
        Tensor.kernels(arena, ElementType.FLOAT32, step, extents[1], extents[2], extents[3]);
    Map<Integer, List<Primitive>> unpacking = new LinkedHashMap<>();
    for (int first = thread * step; first < extents[0]; first += gradients.size() * step) {
      int channel = first;
      unpacking.put(
          channel,
          gradients.stream()
              .map(g -> Primitive.reorder(arena, g.outputs(arena, channel, step), passing))
              .toList());
    }
    float[] row = new float[extents[1] * extents[2] * extents[3]];
    shares.add(new Share(step, passing, unpacking, row));
    return passing;
  }

  /** Visits the share of a thread, for each channel the threads in their order. */
  void forEach(int thread, Visitor visitor) {
    Share share = shares.get(thread);
    for (int first : share.unpacking().keySet()) {
      for (int part = 0; part < gradients.size(); part++) {
        share.visit(first, part, visitor);
      }
    }
  }
}
