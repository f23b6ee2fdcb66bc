// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Window;

/**
 * The extents of a convolution or pooling of some images; pairs are height, width.
 *
 * @param inputs channels that enter
 * @param outputs channels that leave
 * @param dilation 1 for a dense window
 */
public record ConvolutionShape(
    int images,
    int inputs,
    int inputHeight,
    int inputWidth,
    int outputs,
    int outputHeight,
    int outputWidth,
    long[] kernel,
    long[] stride,
    long[] dilation,
    long[] before,
    long[] after) {

  /**
   * A window that moves over images.
   *
   * @param inputs channels that enter, as they are stored
   * @param outputs channels that leave, as they are stored
   */
  public static ConvolutionShape of(
      int images, Shape in, int inputs, Window window, Shape out, int outputs) {
    return new ConvolutionShape(
        images,
        inputs,
        in.height(),
        in.width(),
        outputs,
        out.height(),
        out.width(),
        pair(window.kernel()),
        pair(window.stride()),
        pair(window.dilation()),
        pair(window.before()),
        pair(window.after()));
  }

  private static long[] pair(Window.Pair pair) {
    return new long[] {pair.height(), pair.width()};
  }

  /** oneDNN counts the gaps between a window's pixels. */
  long[] gaps() {
    return new long[] {dilation[0] - 1, dilation[1] - 1};
  }

  int kernelHeight() {
    return (int) kernel[0];
  }

  int kernelWidth() {
    return (int) kernel[1];
  }
}
