// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import org.bcgd.data.ImageShape;

/**
 * A decoded image.
 *
 * @param shape of the image
 * @param values unsigned bytes [H, W, C], red before green before blue; not to be changed
 */
record Pixels(ImageShape shape, byte[] values) {

  Pixels {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(values.length + " values for an image of " + shape);
    }
  }

  /** An image stored plane by plane, [C, H, W]. */
  static Pixels ofPlanes(ImageShape shape, byte[] planes) {
    int channels = shape.channels();
    int area = shape.height() * shape.width();
    byte[] values = new byte[planes.length];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < area; i++) {
        values[i * channels + channel] = planes[channel * area + i];
      }
    }
    return new Pixels(shape, values);
  }

  /** The part of {@code height} x {@code width} at (y, x); outside of the image all is 0, black. */
  Pixels window(int y, int x, int height, int width) {
    int channels = shape.channels();
    byte[] part = new byte[height * width * channels];
    int left = Math.max(0, -x);
    int copied = Math.min(width, shape.width() - x) - left;
    int end = copied > 0 ? Math.min(height, shape.height() - y) : 0;
    for (int row = Math.max(0, -y); row < end; row++) {
      System.arraycopy(
          values,
          ((y + row) * shape.width() + x + left) * channels,
          part,
          (row * width + left) * channels,
          copied * channels);
    }
    return new Pixels(new ImageShape(channels, height, width), part);
  }

  /** The image with left and right exchanged. */
  Pixels mirrored() {
    int channels = shape.channels();
    int row = shape.width() * channels;
    byte[] mirrored = new byte[values.length];
    for (int start = 0; start < values.length; start += row) {
      for (int x = 0; x < row; x += channels) {
        for (int channel = 0; channel < channels; channel++) {
          mirrored[start + row - channels - x + channel] = values[start + x + channel];
        }
      }
    }
    return new Pixels(shape, mirrored);
  }
}
