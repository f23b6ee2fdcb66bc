// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Layouts;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.engine.onednn.Tensor;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;

/**
 * A convolution that is never differentiated: of codes with levels, or in float32.
 *
 * <pre>
 *   sums  = levels * codes                                                in int32
 *   codes = round(min(max((sums + shift[c]) · scale[c], 0), top))         in float32, ties to even
 *   y     = w * x                                                         in float32
 * </pre>
 */
public final class ForwardConvolution {

  /**
   * How sums become codes.
   *
   * @param shift [outputs]
   * @param scale [outputs]
   * @param top the largest code
   */
  public record Requantization(float[] shift, float[] scale, int top) {}

  private static final int BY_OUTPUT = 1 << 1; // oneDNN's mask of dimensions that scales differ in

  private final Arena arena;
  private final ConvolutionShape shape;
  private final Optional<Requantization> requantization;

  /**
   * @param requantization how sums become codes, or empty to keep sums
   */
  public ForwardConvolution(
      Arena arena, ConvolutionShape shape, Optional<Requantization> requantization) {
    this.arena = arena;
    this.shape = shape;
    this.requantization = requantization;
  }

  /** From {@code x} to {@code y}: to codes, to int32 if {@code x} has codes, or to float32. */
  public Primitive of(Tensor x, FixedKernels kernels, Tensor y) {
    try (Arena passing = new Arena()) {
      dnnl_primitive_desc description = describe(passing, x.type(), kernels.type(), y.type());
      dnnl_memory_desc_t weights =
          dnnl.dnnl_primitive_desc_query_md(description, dnnl.dnnl_query_weights_md, 0);
      List<Primitive.Argument> arguments = new ArrayList<>();
      arguments.add(new Primitive.Argument(dnnl.DNNL_ARG_SRC, x));
      arguments.add(new Primitive.Argument(dnnl.DNNL_ARG_WEIGHTS, kernels.packed(weights)));
      requantization.ifPresent(
          to -> arguments.add(new Primitive.Argument(dnnl.DNNL_ARG_BIAS, bias(to))));
      arguments.add(new Primitive.Argument(dnnl.DNNL_ARG_DST, y));
      return new Primitive(arena, description, arguments);
    }
  }

  private dnnl_primitive_desc describe(
      Arena passing, ElementType input, ElementType kernels, ElementType result) {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_forward_desc_init(
            operation,
            dnnl.dnnl_forward_inference,
            dnnl.dnnl_convolution_direct,
            Layouts.images(
                input, shape.images(), shape.inputs(), shape.inputHeight(), shape.inputWidth()),
            Layouts.anyKernels(
                kernels,
                shape.outputs(),
                shape.inputs(),
                shape.kernelHeight(),
                shape.kernelWidth()),
            requantization
                .map(to -> Layouts.channels(ElementType.FLOAT32, shape.outputs()))
                .orElse(null),
            Layouts.images(
                result, shape.images(), shape.outputs(), shape.outputHeight(), shape.outputWidth()),
            shape.stride(),
            shape.gaps(),
            shape.before(),
            shape.after()),
        "describe a convolution");
    dnnl_primitive_attr attributes = requantization.map(to -> attributes(passing, to)).orElse(null);
    // In float32 it has to be the implementation of training: each adds in an order of its own.
    return kernels == ElementType.INT8
        ? SmallPrimitives.describe(passing, operation, attributes)
        : Primitive.describe(passing, operation, attributes, null);
  }

  private Tensor bias(Requantization to) {
    Tensor bias =
        Tensor.of(
                arena,
                ElementType.FLOAT32,
                Layouts.channels(ElementType.FLOAT32, to.shift().length))
            .placed(arena);
    bias.store(to.shift(), 0, to.shift().length);
    return bias;
  }

  private static dnnl_primitive_attr attributes(Arena passing, Requantization to) {
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    OneDnn.check(dnnl.dnnl_primitive_attr_create(attributes), "create attributes");
    passing.onClose(
        () -> OneDnn.check(dnnl.dnnl_primitive_attr_destroy(attributes), "destroy attributes"));
    OneDnn.check(
        dnnl.dnnl_primitive_attr_set_output_scales(
            attributes, to.scale().length, BY_OUTPUT, to.scale()),
        "scale a convolution");
    dnnl_post_ops clamp = new dnnl_post_ops();
    OneDnn.check(dnnl.dnnl_post_ops_create(clamp), "create a list of post-operations");
    OneDnn.check(
        dnnl.dnnl_post_ops_append_eltwise(clamp, 1, dnnl.dnnl_eltwise_clip, 0, to.top()),
        "clamp a convolution");
    OneDnn.check(dnnl.dnnl_primitive_attr_set_post_ops(attributes, clamp), "set post-operations");
    OneDnn.check(dnnl.dnnl_post_ops_destroy(clamp), "destroy a list of post-operations");
    return attributes;
  }
}
