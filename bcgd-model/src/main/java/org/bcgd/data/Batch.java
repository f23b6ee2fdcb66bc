// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.util.Optional;

/**
 * Images ready to enter a network, with what it shall say of them.
 *
 * @param shape the shape of each image
 * @param pixels [N, C, H, W], normalised
 * @param labels [N], 0..classes−1
 * @param softTargets of a teacher, if there is one
 */
public record Batch(
    ImageShape shape, float[] pixels, int[] labels, Optional<SoftTargets> softTargets) {

  public Batch {
    if (labels.length == 0 || pixels.length != labels.length * shape.size()) {
      throw new IllegalArgumentException(
          pixels.length + " pixels and " + labels.length + " labels for images of " + shape);
    }
  }

  /** Images with labels and no teacher. */
  public Batch(ImageShape shape, float[] pixels, int[] labels) {
    this(shape, pixels, labels, Optional.empty());
  }

  /** The same images and labels with the targets of a teacher. */
  public Batch with(SoftTargets targets) {
    return new Batch(shape, pixels, labels, Optional.of(targets));
  }

  /** Number of images N. */
  public int size() {
    return labels.length;
  }
}
