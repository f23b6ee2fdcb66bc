// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_blocking_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Kernels of whole numbers −127..127 that never change, in every layout that primitives asked for.
 * Plans of several threads share them.
 *
 * <p>Layouts are blocked: an index splits into digits, each with a step of its own, so that the
 * place of a weight is the sum of four numbers, one for each of its indices. That is some ten times
 * faster than oneDNN's own reorder of signed bytes.
 */
public final class LevelKernels {

  private final Arena arena;
  private final byte[] levels; // [outputs, inputs, height, width]
  private final int[] extents; // the same four
  private final List<Tensor> packed = new ArrayList<>();

  /**
   * @param levels [outputs, inputs, height, width]; not copied
   */
  public LevelKernels(Arena arena, byte[] levels, int... extents) {
    this.arena = arena;
    this.levels = levels;
    this.extents = extents;
  }

  synchronized Tensor packed(dnnl_memory_desc_t layout) {
    for (Tensor known : packed) {
      if (dnnl.dnnl_memory_desc_equal(known.layout(), layout) != 0) {
        return known;
      }
    }
    Tensor added = Tensor.of(arena, ElementType.INT8, layout).placed(arena);
    packed.add(added);
    if (layout.extra().flags() == dnnl.dnnl_memory_extra_flag_none) {
      place(layout.format_desc_blocking(), added.bytes());
    } else {
      reorder(added);
    }
    return added;
  }

  private void place(dnnl_blocking_desc_t blocking, ByteBuffer target) {
    int[] outputs = offsets(blocking, 0);
    int[] inputs = offsets(blocking, 1);
    int[] window = window(offsets(blocking, 2), offsets(blocking, 3));
    int next = 0;
    for (int output : outputs) {
      for (int input : inputs) {
        for (int pixel : window) {
          target.put(output + input + pixel, levels[next++]);
        }
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
      plain.bytes().put(0, levels);
      Primitive.reorder(passing, plain, target).execute();
    }
  }
}
