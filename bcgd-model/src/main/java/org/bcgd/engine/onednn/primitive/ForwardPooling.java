// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import java.util.List;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Layouts;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.engine.onednn.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_pooling_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/** A pooling that is never differentiated, and so also takes codes. */
public final class ForwardPooling {

  private final Arena arena;
  private final ConvolutionShape shape;
  private final Pooling.Kind kind;

  public ForwardPooling(Arena arena, ConvolutionShape shape, Pooling.Kind kind) {
    this.arena = arena;
    this.shape = shape;
    this.kind = kind;
  }

  /** From {@code x} to {@code y} of the same type. */
  public Primitive of(Tensor x, Tensor y) {
    dnnl_memory_desc_t input =
        Layouts.images(
            x.type(), shape.images(), shape.inputs(), shape.inputHeight(), shape.inputWidth());
    dnnl_memory_desc_t output =
        Layouts.images(
            x.type(), shape.images(), shape.outputs(), shape.outputHeight(), shape.outputWidth());
    dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
    OneDnn.check(
        dnnl.dnnl_pooling_forward_desc_init(
            operation,
            dnnl.dnnl_forward_inference,
            kind.algorithm(),
            input,
            output,
            shape.stride(),
            shape.kernel(),
            shape.before(),
            shape.after()),
        "describe a pooling");
    try (Arena passing = new Arena()) {
      return new Primitive(
          arena,
          Primitive.describe(passing, operation, null),
          List.of(
              new Primitive.Argument(dnnl.DNNL_ARG_SRC, x),
              new Primitive.Argument(dnnl.DNNL_ARG_DST, y)));
    }
  }
}
