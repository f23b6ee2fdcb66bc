// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

/**
 * Images ready to enter a network, with their labels.
 *
 * @param shape the shape of each image
 * @param pixels [N, C, H, W], normalised
 * @param labels [N], 0..classes−1
 */
public record Batch(ImageShape shape, float[] pixels, int[] labels) {

  public Batch {
    if (labels.length == 0 || pixels.length != labels.length * shape.size()) {
      throw new IllegalArgumentException(
          pixels.length + " pixels and " + labels.length + " labels for images of " + shape);
    }
  }

  /** Number of images N. */
  public int size() {
    return labels.length;
  }
}
