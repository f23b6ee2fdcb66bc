// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Layouts;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.engine.onednn.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_pooling_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;

/** A pooling on given images and its backward pass. */
public final class Pooling {

  /** What is taken from a window; padding counts as zeros only where it says so. */
  public enum Kind {
    MAXIMUM(dnnl.dnnl_pooling_max),
    MEAN_WITH_PADDING(dnnl.dnnl_pooling_avg_include_padding),
    MEAN(dnnl.dnnl_pooling_avg_exclude_padding);

    private final int algorithm;

    Kind(int algorithm) {
      this.algorithm = algorithm;
    }

    int algorithm() {
      return algorithm;
    }
  }

  private final Arena arena;
  private final ConvolutionShape shape;
  private final ElementType type;
  private final Kind kind;
  private final dnnl_primitive_desc forward;
  private final Optional<Tensor> workspace;

  /**
   * @param type of the values and of their gradients
   */
  public Pooling(Arena arena, ConvolutionShape shape, ElementType type, Kind kind) {
    this.arena = arena;
    this.shape = shape;
    this.type = type;
    this.kind = kind;
    this.forward = describeForward();
    this.workspace = kind == Kind.MAXIMUM ? Optional.of(describeWorkspace()) : Optional.empty();
  }

  private dnnl_memory_desc_t input() {
    return Layouts.images(
        type, shape.images(), shape.inputs(), shape.inputHeight(), shape.inputWidth());
  }

  private dnnl_primitive_desc describeForward() {
    dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
    OneDnn.check(
        dnnl.dnnl_pooling_forward_desc_init(
            operation,
            dnnl.dnnl_forward_training,
            kind.algorithm,
            input(),
            output(),
            shape.stride(),
            shape.kernel(),
            shape.before(),
            shape.after()),
        "describe a pooling");
    return Primitive.describe(arena, operation, null);
  }

  private Tensor describeWorkspace() {
    return Tensor.of(
        arena, type, dnnl.dnnl_primitive_desc_query_md(forward, dnnl.dnnl_query_workspace_md, 0));
  }

  /** What the forward pass leaves to the backward one, to be placed. */
  public Optional<Tensor> workspace() {
    return workspace;
  }

  public Primitive forward(Tensor x, Tensor y) {
    return new Primitive(
        arena,
        forward,
        with(
            new Primitive.Argument(dnnl.DNNL_ARG_SRC, x),
            new Primitive.Argument(dnnl.DNNL_ARG_DST, y)));
  }

  public Primitive backward(Tensor dy, Tensor dx) {
    dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
    OneDnn.check(
        dnnl.dnnl_pooling_backward_desc_init(
            operation,
            kind.algorithm,
            input(),
            output(),
            shape.stride(),
            shape.kernel(),
            shape.before(),
            shape.after()),
        "describe a pooling's backward pass");
    return new Primitive(
        arena,
        Primitive.describe(arena, operation, forward),
        with(
            new Primitive.Argument(dnnl.DNNL_ARG_DIFF_DST, dy),
            new Primitive.Argument(dnnl.DNNL_ARG_DIFF_SRC, dx)));
  }

  private dnnl_memory_desc_t output() {
    return Layouts.images(
        type, shape.images(), shape.outputs(), shape.outputHeight(), shape.outputWidth());
  }

  private List<Primitive.Argument> with(Primitive.Argument first, Primitive.Argument second) {
    return Stream.concat(
            Stream.of(first, second),
            workspace.stream().map(t -> new Primitive.Argument(dnnl.DNNL_ARG_WORKSPACE, t)))
        .toList();
  }
}
