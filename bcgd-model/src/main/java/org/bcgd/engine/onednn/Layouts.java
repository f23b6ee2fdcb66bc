// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/** Descriptions of memory. oneDNN names dimensions in the order N, C, H, W whatever the layout. */
public final class Layouts {

  private Layouts() {}

  /** Images with their channels innermost. */
  public static dnnl_memory_desc_t images(
      ElementType type, int images, int channels, int height, int width) {
    return layout(type, dnnl.dnnl_nhwc, images, channels, height, width);
  }

  /** Kernels, row-major, [outputs, inputs, height, width]. */
  public static dnnl_memory_desc_t kernels(
      ElementType type, int outputs, int inputs, int height, int width) {
    return layout(type, dnnl.dnnl_oihw, outputs, inputs, height, width);
  }

  /** Kernels in the layout that the primitive prefers. */
  public static dnnl_memory_desc_t anyKernels(
      ElementType type, int outputs, int inputs, int height, int width) {
    return layout(type, dnnl.dnnl_format_tag_any, outputs, inputs, height, width);
  }

  /** One value for each channel. */
  public static dnnl_memory_desc_t channels(ElementType type, int channels) {
    return layout(type, dnnl.dnnl_x, channels);
  }

  private static dnnl_memory_desc_t layout(ElementType type, int tag, long... dimensions) {
    dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_by_tag(layout, dimensions.length, dimensions, type.code(), tag),
        "describe a layout");
    return layout;
  }
}
