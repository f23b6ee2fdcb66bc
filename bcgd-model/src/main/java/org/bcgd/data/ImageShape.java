// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.io.Serializable;

/**
 * The shape of the images that enter a network.
 *
 * @param channels colour planes, 1 or 3
 * @param height in pixels
 * @param width in pixels
 */
public record ImageShape(int channels, int height, int width) implements Serializable {

  public ImageShape {
    if ((channels != 1 && channels != 3) || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image of "
              + channels
              + " x "
              + height
              + " x "
              + width
              + " (channels x height x width)");
    }
  }

  /** Values of one image. */
  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return channels + " x " + height + " x " + width;
  }
}
