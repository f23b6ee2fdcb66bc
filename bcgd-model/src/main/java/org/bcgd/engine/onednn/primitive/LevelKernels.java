// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Block;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;
import org.bytedeco.dnnl.dnnl_blocking_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Kernels of whole numbers −127..127 that never change.
 *
 * <p>Layouts are blocked: an index splits into digits, each with a step of its own, so that the
 * place of a weight is the sum of four numbers, one for each of its indices. That is some ten times
 * faster than oneDNN's own reorder of signed bytes.
 */
public final class LevelKernels extends FixedKernels {

  private final IntFunction<byte[]> rows;
  private final int[] extents; // [outputs, inputs, height, width]

  /**
   * @param rows of an output, [inputs, height, width]; asked for each time that a layout is filled
   */
  public LevelKernels(Arena arena, Block block, IntFunction<byte[]> rows, int... extents) {
    super(arena, block, ElementType.INT8);
    this.rows = rows;
    this.extents = extents;
  }

  @Override
  void fill(Tensor target) {
    if (target.layout().extra().flags() == dnnl.dnnl_memory_extra_flag_none) {
      place(target.layout().format_desc_blocking(), target.bytes());
    } else {
      reorder(target);
    }
  }

  /** By way of an array, which Java writes to much sooner at full speed. */
  private void place(dnnl_blocking_desc_t blocking, ByteBuffer target) {
    int[] outputs = offsets(blocking, 0);
    int[] inputs = offsets(blocking, 1);
    int[] window = window(offsets(blocking, 2), offsets(blocking, 3));
    byte[] placed = new byte[target.capacity()];
    for (int k = 0; k < outputs.length; k++) {
      place(rows.apply(k), outputs[k], inputs, window, placed);
    }
    target.put(0, placed);
  }

  private static void place(byte[] row, int start, int[] inputs, int[] window, byte[] placed) {
    int next = 0;
    for (int input : inputs) {
      for (int pixel : window) {
        placed[start + input + pixel] = row[next++];
      }
    }
  }

  private static int[] window(int[] rows, int[] columns) {
    int[] window = new int[rows.length * columns.length];
    for (int i = 0; i < window.length; i++) {
      window[i] = rows[i / columns.length] + columns[i % columns.length];
    }
    return window;
  }

  /** What each value of an index adds to the place of a weight. */
  private int[] offsets(dnnl_blocking_desc_t blocking, int dimension) {
    int[] offsets = new int[extents[dimension]];
    for (int index = 0; index < offsets.length; index++) {
      int rest = index;
      int step = 1;
      for (int block = blocking.inner_nblks() - 1; block >= 0; block--) {
        int size = Math.toIntExact(blocking.inner_blks().get(block));
        if (blocking.inner_idxs().get(block) == dimension) {
          offsets[index] += rest % size * step;
          rest /= size;
        }
        step *= size;
      }
      offsets[index] += Math.toIntExact(rest * blocking.strides().get(dimension));
    }
    return offsets;
  }

  /** Where the layout holds more than the levels, as some CPUs need it. */
  private void reorder(Tensor target) {
    try (Arena passing = new Arena()) {
      Tensor plain =
          Tensor.kernels(passing, ElementType.INT8, extents[0], extents[1], extents[2], extents[3])
              .placed(passing);
      for (int output = 0; output < extents[0]; output++) {
        byte[] row = rows.apply(output);
        plain.bytes().put(output * row.length, row);
      }
      Primitive.reorder(passing, plain, target).execute();
    }
  }
}
