// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

/** How training images are varied. */
public enum Augmentation {
  /** Not at all. */
  NONE,
  /** Mirrored left to right every other time. */
  FLIP,
  /** A crop of the image padded by 4 pixels, then mirrored or not: the usual choice for CIFAR. */
  PAD_CROP_FLIP,
  /** A random part of a photograph resized to the input, then mirrored or not. */
  RANDOM_RESIZED_CROP_FLIP
}
