// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;

/**
 * The middle of an image, cut to the network's aspect ratio: the view of evaluation alone.
 *
 * @param evaluatedFraction of the sides of the largest rectangle, above 0 and at most 1
 */
public record CentralCrop(double evaluatedFraction) implements Augmentation {

  public CentralCrop {
    if (!(evaluatedFraction > 0 && evaluatedFraction <= 1)) {
      throw new SettingsException(
          "a central crop of " + evaluatedFraction + ": set more than 0 and at most 1");
    }
  }

  @Override
  public Pixels training(Pixels image, ImageShape output, RandomKey key) {
    return evaluation(image, output);
  }
}
