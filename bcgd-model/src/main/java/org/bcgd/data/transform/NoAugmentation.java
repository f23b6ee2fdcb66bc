// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import org.bcgd.data.ImageShape;
import org.bcgd.randomness.RandomKey;

/** The whole image in training as in evaluation, cut to the network's aspect ratio. */
public record NoAugmentation() implements Augmentation {

  @Override
  public Pixels training(Pixels image, ImageShape output, RandomKey key) {
    return evaluation(image, output);
  }
}
