// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Block;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Kernels [outputs, inputs, height, width] that never change, in every layout that primitives asked
 * for. Plans of several threads share them. They are kept in these layouts alone: for another one
 * they are asked for anew.
 */
public abstract sealed class FixedKernels permits LevelKernels, RealKernels {

  private final Arena arena;
  private final Block block;
  private final ElementType type;
  private final List<Tensor> packed = new ArrayList<>();

  /**
   * @param block where they are placed as long as there is room; then they have memory of their own
   */
  FixedKernels(Arena arena, Block block, ElementType type) {
    this.arena = arena;
    this.block = block;
    this.type = type;
  }

  /** Writes the kernels to memory of zeros. */
  abstract void fill(Tensor target);

  ElementType type() {
    return type;
  }

  final synchronized Tensor packed(dnnl_memory_desc_t layout) {
    for (Tensor known : packed) {
      if (dnnl.dnnl_memory_desc_equal(known.layout(), layout) != 0) {
        return known;
      }
    }
    Tensor added = Tensor.of(arena, type, copy(layout));
    block
        .reserve(added.size())
        .ifPresentOrElse(offset -> added.place(block, offset), () -> added.placed(arena));
    fill(added);
    packed.add(added);
    return added;
  }

  /** The layout is asked of a description that ends before the kernels do. */
  private static dnnl_memory_desc_t copy(dnnl_memory_desc_t layout) {
    dnnl_memory_desc_t copy = new dnnl_memory_desc_t();
    Pointer.memcpy(copy, layout, Loader.sizeof(dnnl_memory_desc_t.class));
    return copy;
  }
}
