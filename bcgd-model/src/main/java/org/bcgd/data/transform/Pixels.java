// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import org.bcgd.data.ImageShape;

/**
 * A decoded image: unsigned bytes, red before green before blue. It is a view of an array that
 * nobody changes, so that planes, a part and a mirrored image need no copy.
 *
 * <pre>
 *   value of channel c at (y, x) = bytes[origin + y·rowStride + x·columnStride + c·channelStride]
 * </pre>
 */
final class Pixels {

  private final ImageShape shape;
  private final byte[] bytes;
  private final int origin;
  private final int rowStride;
  private final int columnStride;
  private final int channelStride;

  private Pixels(
      ImageShape shape,
      byte[] bytes,
      int origin,
      int rowStride,
      int columnStride,
      int channelStride) {
    this.shape = shape;
    this.bytes = bytes;
    this.origin = origin;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
    this.channelStride = channelStride;
  }

  /** An image stored pixel by pixel, [H, W, C]. */
  Pixels(ImageShape shape, byte[] values) {
    this(shape, values, 0, shape.width() * shape.channels(), shape.channels(), 1);
    requireSize(shape, values);
  }

  /** An image stored plane by plane, [C, H, W]. */
  static Pixels ofPlanes(ImageShape shape, byte[] planes) {
    requireSize(shape, planes);
    return new Pixels(shape, planes, 0, shape.width(), 1, shape.height() * shape.width());
  }

  ImageShape shape() {
    return shape;
  }

  /** The values pixel by pixel, [H, W, C]; not to be changed. */
  byte[] values() {
    if (channelStride == 1 && columnStride == shape.channels() && bytes.length == shape.size()) {
      return bytes;
    }
    byte[] values = new byte[shape.size()];
    int i = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          values[i++] = bytes[at(channel, y, x)];
        }
      }
    }
    return values;
  }

  /** The part of {@code height} x {@code width} at (y, x); outside of the image all is 0, black. */
  Pixels window(int y, int x, int height, int width) {
    ImageShape part = new ImageShape(shape.channels(), height, width);
    if (y >= 0 && x >= 0 && y + height <= shape.height() && x + width <= shape.width()) {
      return new Pixels(part, bytes, at(0, y, x), rowStride, columnStride, channelStride);
    }
    byte[] planes = new byte[part.size()];
    int left = Math.max(0, -x);
    int copied = Math.min(width, shape.width() - x) - left;
    int bottom = copied > 0 ? Math.min(height, shape.height() - y) : 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = Math.max(0, -y); row < bottom; row++) {
        int target = (channel * height + row) * width + left;
        int source = at(channel, y + row, x + left);
        if (columnStride == 1) {
          System.arraycopy(bytes, source, planes, target, copied);
        } else {
          for (int column = 0; column < copied; column++) {
            planes[target + column] = bytes[source + column * columnStride];
          }
        }
      }
    }
    return ofPlanes(part, planes);
  }

  /** The image with left and right exchanged. */
  Pixels mirrored() {
    return new Pixels(
        shape, bytes, at(0, 0, shape.width() - 1), rowStride, -columnStride, channelStride);
  }

  /**
   * Writes what each value of a channel stands for, row by row, from {@code offset} of {@code
   * target}.
   *
   * @param meanings by value, [256]
   */
  void writePlane(int channel, float[] meanings, float[] target, int offset) {
    int width = shape.width();
    for (int y = 0; y < shape.height(); y++) {
      int from = at(channel, y, 0);
      int to = offset + y * width;
      for (int x = 0; x < width; x++) {
        target[to + x] = meanings[bytes[from + x * columnStride] & 0xFF];
      }
    }
  }

  private int at(int channel, int y, int x) {
    return origin + y * rowStride + x * columnStride + channel * channelStride;
  }

  private static void requireSize(ImageShape shape, byte[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(values.length + " values for an image of " + shape);
    }
  }
}
