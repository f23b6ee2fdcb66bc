// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import java.util.random.RandomGenerator;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;

/**
 * The augmentation of CIFAR: black pixels on all four sides, a random part of the old size, and
 * every second image mirrored. Draws row, column and mirror, in this order.
 *
 * @param padding pixels on each side, 4 in the literature
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2015</a>, section 4.2
 */
public record PadCropFlip(int padding) implements Augmentation {

  public PadCropFlip {
    if (padding < 0) {
      throw new SettingsException("padding is " + padding + ": set 0 or more pixels");
    }
  }

  @Override
  public Pixels training(Pixels image, ImageShape output, RandomKey key) {
    RandomGenerator random = key.generator();
    int y = random.nextInt(2 * padding + 1) - padding;
    int x = random.nextInt(2 * padding + 1) - padding;
    boolean mirror = random.nextBoolean();
    Pixels part = evaluation(image, output).window(y, x, output.height(), output.width());
    return mirror ? part.mirrored() : part;
  }
}
