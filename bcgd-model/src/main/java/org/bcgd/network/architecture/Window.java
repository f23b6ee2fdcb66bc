// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

/**
 * The square window of a convolution or a pooling.
 *
 * @param size in pixels
 * @param stride in pixels
 * @param padding pixels of zeros on each side
 */
record Window(int size, int stride, int padding) {

  /** An odd window whose centre visits every {@code stride}-th pixel, the first one included. */
  static Window centred(int size, int stride) {
    return new Window(size, stride, size / 2);
  }

  /** Windows that lie inside the image and move by one pixel. */
  static Window inside(int size) {
    return new Window(size, 1, 0);
  }

  /** Windows side by side. */
  static Window tiles(int size) {
    return new Window(size, size, 0);
  }
}
