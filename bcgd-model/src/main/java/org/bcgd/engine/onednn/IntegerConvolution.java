// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;

/**
 * A convolution of codes with levels, for inference.
 *
 * <pre>
 *   sums  = levels * codes                                                in int32
 *   codes = round(min(max((sums + shift[c]) · scale[c], 0), top))         in float32, ties to even
 * </pre>
 */
public final class IntegerConvolution {

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
  public IntegerConvolution(
      Arena arena, ConvolutionShape shape, Optional<Requantization> requantization) {
    this.arena = arena;
    this.shape = shape;
    this.requantization = requantization;
  }

  /** From codes {@code x} to sums or codes {@code y}. */
  public Primitive of(Tensor x, LevelKernels kernels, Tensor y) {
    dnnl_primitive_desc description = describe(y.type());
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

  private dnnl_primitive_desc describe(ElementType result) {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_forward_desc_init(
            operation,
            dnnl.dnnl_forward_inference,
            dnnl.dnnl_convolution_direct,
            Layouts.images(
                ElementType.UINT8,
                shape.images(),
                shape.inputs(),
                shape.inputHeight(),
                shape.inputWidth()),
            Layouts.anyKernels(
                ElementType.INT8,
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
        "describe an integer convolution");
    return Primitive.describe(
        arena, operation, requantization.map(this::attributes).orElse(null), null);
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

  private dnnl_primitive_attr attributes(Requantization to) {
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    OneDnn.check(dnnl.dnnl_primitive_attr_create(attributes), "create attributes");
    arena.onClose(
        () -> OneDnn.check(dnnl.dnnl_primitive_attr_destroy(attributes), "destroy attributes"));
    OneDnn.check(
        dnnl.dnnl_primitive_attr_set_output_scales(
            attributes, to.scale().length, BY_OUTPUT, to.scale()),
        "scale an integer convolution");
    dnnl_post_ops clamp = new dnnl_post_ops();
    OneDnn.check(dnnl.dnnl_post_ops_create(clamp), "create a list of post-operations");
    OneDnn.check(
        dnnl.dnnl_post_ops_append_eltwise(clamp, 1, dnnl.dnnl_eltwise_clip, 0, to.top()),
        "clamp an integer convolution");
    OneDnn.check(dnnl.dnnl_primitive_attr_set_post_ops(attributes, clamp), "set post-operations");
    OneDnn.check(dnnl.dnnl_post_ops_destroy(clamp), "destroy a list of post-operations");
    return attributes;
  }
}
