// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Kernels of whole numbers −127..127 that never change, in every layout that primitives asked for.
 * Plans of several threads share them.
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

  int outputs() {
    return extents[0];
  }

  synchronized Tensor packed(dnnl_memory_desc_t layout) {
    for (Tensor known : packed) {
      if (dnnl.dnnl_memory_desc_equal(known.layout(), layout) != 0) {
        return known;
      }
    }
    Tensor added = Tensor.of(arena, ElementType.INT8, layout);
    packed.add(added);
    try (Arena passing = new Arena()) {
      Tensor plain =
          Tensor.kernels(passing, ElementType.INT8, extents[0], extents[1], extents[2], extents[3]);
      plain.bytes().put(0, levels);
      Primitive.reorder(passing, plain, added).execute();
    }
    return added;
  }
}
