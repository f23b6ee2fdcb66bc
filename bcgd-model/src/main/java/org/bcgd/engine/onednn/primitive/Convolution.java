// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import java.util.List;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Layouts;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.engine.onednn.Tensor;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;

/**
 * A convolution on given images and its two backward passes.
 *
 * <pre>
 *   y = w * x        float32 sums, whatever x and w are
 *   ∂x = wᵀ * ∂y
 *   ∂w = ∂y * x      float32
 * </pre>
 */
public final class Convolution {

  private final Arena arena;
  private final ConvolutionShape shape;
  private final ElementType type;
  private final dnnl_primitive_desc forward;

  /**
   * @param type of x, w, ∂x and ∂y
   */
  public Convolution(Arena arena, ConvolutionShape shape, ElementType type) {
    this.arena = arena;
    this.shape = shape;
    this.type = type;
    this.forward = describeForward();
  }

  private dnnl_primitive_desc describeForward() {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_forward_desc_init(
            operation,
            dnnl.dnnl_forward_training,
            dnnl.dnnl_convolution_direct,
            input(type),
            anyWeights(type),
            null,
            output(ElementType.FLOAT32),
            shape.stride(),
            shape.gaps(),
            shape.before(),
            shape.after()),
        "describe a convolution");
    return Primitive.describe(arena, operation, null);
  }

  public Primitive forward(Tensor x, Kernels w, Tensor y) {
    return new Primitive(
        arena,
        forward,
        List.of(
            new Primitive.Argument(dnnl.DNNL_ARG_SRC, x),
            new Primitive.Argument(
                dnnl.DNNL_ARG_WEIGHTS, w.packed(type, query(forward, dnnl.dnnl_query_weights_md))),
            new Primitive.Argument(dnnl.DNNL_ARG_DST, y)));
  }

  public Primitive backwardData(Tensor dy, Kernels w, Tensor dx) {
    dnnl_primitive_desc description = describeBackwardData(dx.type());
    return new Primitive(
        arena,
        description,
        List.of(
            new Primitive.Argument(dnnl.DNNL_ARG_DIFF_DST, dy),
            new Primitive.Argument(
                dnnl.DNNL_ARG_WEIGHTS,
                w.packed(type, query(description, dnnl.dnnl_query_weights_md))),
            new Primitive.Argument(dnnl.DNNL_ARG_DIFF_SRC, dx)));
  }

  private dnnl_primitive_desc describeBackwardData(ElementType gradient) {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_backward_data_desc_init(
            operation,
            dnnl.dnnl_convolution_direct,
            input(gradient),
            anyWeights(type),
            output(type),
            shape.stride(),
            shape.gaps(),
            shape.before(),
            shape.after()),
        "describe a convolution's backward pass");
    return Primitive.describe(arena, operation, forward);
  }

  /** ∂w in the layout that {@link #backwardWeights} gives, to be placed. */
  public Tensor weightGradient() {
    return Tensor.of(
        arena,
        ElementType.FLOAT32,
        query(describeBackwardWeights(), dnnl.dnnl_query_diff_weights_md));
  }

  public Primitive backwardWeights(Tensor x, Tensor dy, Tensor dw) {
    return new Primitive(
        arena,
        describeBackwardWeights(),
        List.of(
            new Primitive.Argument(dnnl.DNNL_ARG_SRC, x),
            new Primitive.Argument(dnnl.DNNL_ARG_DIFF_DST, dy),
            new Primitive.Argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, dw)));
  }

  private dnnl_primitive_desc describeBackwardWeights() {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_backward_weights_desc_init(
            operation,
            dnnl.dnnl_convolution_direct,
            input(type),
            anyWeights(ElementType.FLOAT32),
            null,
            output(type),
            shape.stride(),
            shape.gaps(),
            shape.before(),
            shape.after()),
        "describe a convolution's backward pass");
    return Primitive.describe(arena, operation, forward);
  }

  private dnnl_memory_desc_t input(ElementType inputType) {
    return Layouts.images(
        inputType, shape.images(), shape.inputs(), shape.inputHeight(), shape.inputWidth());
  }

  private dnnl_memory_desc_t anyWeights(ElementType weightType) {
    return Layouts.anyKernels(
        weightType, shape.outputs(), shape.inputs(), shape.kernelHeight(), shape.kernelWidth());
  }

  private dnnl_memory_desc_t output(ElementType outputType) {
    return Layouts.images(
        outputType, shape.images(), shape.outputs(), shape.outputHeight(), shape.outputWidth());
  }

  private static dnnl_memory_desc_t query(dnnl_primitive_desc description, int query) {
    return dnnl.dnnl_primitive_desc_query_md(description, query, 0);
  }
}
