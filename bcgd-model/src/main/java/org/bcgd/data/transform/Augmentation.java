// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import java.io.Serializable;
import org.bcgd.data.ImageShape;
import org.bcgd.randomness.RandomKey;

/**
 * The view of an image that the network gets: in training a random one, which is a pure function of
 * image and key; in evaluation always the same.
 */
public sealed interface Augmentation extends Serializable
    permits NoAugmentation, CentralCrop, PadCropFlip, RandomResizedCropFlip {

  /** A view of {@code image} with the height and width of {@code output}. */
  Pixels training(Pixels image, ImageShape output, RandomKey key);

  /** The part of the largest central rectangle that is judged by, as a fraction of its sides. */
  default double evaluatedFraction() {
    return 1;
  }

  /** The view of {@code image} with the height and width of {@code output} to judge by. */
  default Pixels evaluation(Pixels image, ImageShape output) {
    CropBox box = CropBox.central(image.shape(), output, evaluatedFraction());
    return Resampling.resample(image, box, output);
  }
}
