// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import java.util.function.IntFunction;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Block;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;

/** Kernels in float32 that never change. */
public final class RealKernels extends FixedKernels {

  private final IntFunction<float[]> rows;
  private final int[] extents; // [outputs, inputs, height, width]

  /**
   * @param rows of an output, [inputs, height, width]; asked for each time that a layout is filled
   */
  public RealKernels(Arena arena, Block block, IntFunction<float[]> rows, int... extents) {
    super(arena, block, ElementType.FLOAT32);
    this.rows = rows;
    this.extents = extents;
  }

  @Override
  void fill(Tensor target) {
    try (Arena passing = new Arena()) {
      Tensor plain =
          Tensor.kernels(
                  passing, ElementType.FLOAT32, extents[0], extents[1], extents[2], extents[3])
              .placed(passing);
      for (int output = 0; output < extents[0]; output++) {
        float[] row = rows.apply(output);
        plain.store(row, output * row.length, row.length);
      }
      Primitive.reorder(passing, plain, target).execute();
    }
  }
}
