// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import org.bcgd.data.ImageShape;

/**
 * A rectangle of an image, in pixels.
 *
 * @param y its first row
 * @param x its first column
 */
record CropBox(int y, int x, int height, int width) {

  /**
   * The largest rectangle in the middle of {@code image} that has the sides of {@code output} in
   * their ratio, shortened to {@code fraction} of its length.
   */
  static CropBox central(ImageShape image, ImageShape output, double fraction) {
    double scale =
        fraction
            * Math.min(
                (double) image.width() / output.width(), (double) image.height() / output.height());
    int height = (int) Math.max(1, Math.round(output.height() * scale));
    int width = (int) Math.max(1, Math.round(output.width() * scale));
    return new CropBox((image.height() - height) / 2, (image.width() - width) / 2, height, width);
  }
}
