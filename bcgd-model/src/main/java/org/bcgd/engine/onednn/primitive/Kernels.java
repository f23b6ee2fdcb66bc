// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The kernels of a convolution, row-major and in every layout that its primitives ask for. All
 * primitives ask first, then the layouts are placed.
 */
public final class Kernels {

  private final Arena arena;
  private final Tensor plain;
  private final List<Tensor> packed = new ArrayList<>();
  private final List<Primitive> packing = new ArrayList<>();

  /** Kernels whose {@link #plain} has memory of its own. */
  public static Kernels placed(Arena arena, int outputs, int inputs, int height, int width) {
    Kernels kernels = new Kernels(arena, outputs, inputs, height, width);
    kernels.plain.placed(arena);
    return kernels;
  }

  /** Kernels whose {@link #plain} is still to be placed. */
  public Kernels(Arena arena, int outputs, int inputs, int height, int width) {
    this.arena = arena;
    this.plain = Tensor.kernels(arena, ElementType.FLOAT32, outputs, inputs, height, width);
  }

  /** The kernels [outputs, inputs, height, width] in float32. */
  public Tensor plain() {
    return plain;
  }

  /** The kernels in the layouts that were asked for so far. */
  public List<Tensor> packed() {
    return List.copyOf(packed);
  }

  /** Gives layouts that have no memory yet memory of their own. */
  public void place() {
    packed.stream().filter(tensor -> !tensor.isPlaced()).forEach(tensor -> tensor.placed(arena));
  }

  /** Brings what {@link #plain} holds into the layouts of the primitives. */
  public void pack() {
    packing.forEach(Primitive::execute);
  }

  Tensor packed(ElementType type, dnnl_memory_desc_t layout) {
    for (Tensor known : packed) {
      if (dnnl.dnnl_memory_desc_equal(known.layout(), layout) != 0) {
        return known;
      }
    }
    Tensor added = Tensor.of(arena, type, layout);
    packed.add(added);
    packing.add(Primitive.reorder(arena, plain, added));
    return added;
  }
}
