// SPDX-License-Identifier: Apache-2.0
package org.bcgd.benchmark;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.randomness.RandomKey;

/** Images of normal pixels, as normalised photographs have, with the labels in turn. */
final class RandomImages {

  private RandomImages() {}

  static Batch batch(ImageShape shape, int size, int classes) {
    RandomGenerator random = RandomKey.of(1).generator();
    float[] pixels = new float[size * shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[size];
    Arrays.setAll(labels, n -> n % classes);
    return new Batch(shape, pixels, labels);
  }
}
