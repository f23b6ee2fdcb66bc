// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.graph;

/**
 * How a convolution or a pooling walks over an image; every pair is height, width.
 *
 * @param before pixels of padding above and left
 * @param after pixels of padding below and right
 */
public record Window(Pair kernel, Pair stride, Pair dilation, Pair before, Pair after) {

  /** One number for each direction. */
  public record Pair(int height, int width) {

    static Pair of(int[] values) {
      return new Pair(values[0], values[1]);
    }
  }

  private static final Pair ONE = new Pair(1, 1);
  private static final Pair ZERO = new Pair(0, 0);

  /** The window that covers a whole image at once. */
  static Window whole(Shape image) {
    return new Window(new Pair(image.height(), image.width()), ONE, ONE, ZERO, ZERO);
  }

  /** A window with the same padding on both sides. */
  static Window padded(int[] kernel, int[] stride, int[] dilation, int[] padding) {
    Pair around = Pair.of(padding);
    return new Window(Pair.of(kernel), Pair.of(stride), Pair.of(dilation), around, around);
  }

  /** A window padded so that {@code out} is the input divided by the stride, rounded up. */
  static Window same(int[] kernel, int[] stride, int[] dilation, Shape in, Shape out) {
    int rows = missing(in.height(), out.height(), kernel[0], stride[0], dilation[0]);
    int columns = missing(in.width(), out.width(), kernel[1], stride[1], dilation[1]);
    return new Window(
        Pair.of(kernel),
        Pair.of(stride),
        Pair.of(dilation),
        new Pair(rows / 2, columns / 2),
        new Pair(rows - rows / 2, columns - columns / 2));
  }

  private static int missing(int in, int out, int kernel, int stride, int dilation) {
    return Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - in);
  }
}
