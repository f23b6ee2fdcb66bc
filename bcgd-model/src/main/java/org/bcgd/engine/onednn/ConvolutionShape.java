// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

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
