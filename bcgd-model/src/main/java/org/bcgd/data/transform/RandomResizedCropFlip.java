// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import java.util.random.RandomGenerator;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;

/**
 * The augmentation of photographs: a random rectangle, brought to the network's size, and every
 * second image mirrored.
 *
 * <pre>
 *   area   = H W · U(minScale, maxScale)         ratio = exp U(log minRatio, log maxRatio)
 *   width  = √(area · ratio)                     height = √(area / ratio)
 * </pre>
 *
 * A rectangle that does not lie inside is drawn again, ten times at most; then the largest one in
 * the middle with an allowed ratio is taken. Evaluation sees the middle: the same as to bring the
 * short side to 256/224 of the network's and to cut the centre.
 *
 * @param minScale smallest part of the area, 0.08 in the literature
 * @param maxScale largest part of the area, 1
 * @param minRatio smallest width / height, 3/4
 * @param maxRatio largest width / height, 4/3
 * @see <a href="https://arxiv.org/abs/1409.4842">Szegedy et al. 2014</a>, section 6
 */
public record RandomResizedCropFlip(
    double minScale, double maxScale, double minRatio, double maxRatio) implements Augmentation {

  /** The values of the literature. */
  public static final RandomResizedCropFlip PHOTOGRAPHS =
      new RandomResizedCropFlip(0.08, 1, 3.0 / 4, 4.0 / 3);

  private static final int ATTEMPTS = 10;
  private static final double EVALUATED_FRACTION = 224.0 / 256;

  public RandomResizedCropFlip {
    boolean scales = 0 < minScale && minScale <= maxScale && maxScale <= 1;
    boolean ratios = 0 < minRatio && minRatio <= maxRatio && maxRatio < Double.POSITIVE_INFINITY;
    if (!scales || !ratios) {
      throw new SettingsException(
          "a crop of scale "
              + minScale
              + ".."
              + maxScale
              + " and ratio "
              + minRatio
              + ".."
              + maxRatio
              + ": set 0 < min <= max, and no scale above 1");
    }
  }

  @Override
  public Pixels training(Pixels image, ImageShape output, RandomKey key) {
    RandomGenerator random = key.generator();
    CropBox box = box(image.shape(), random);
    Pixels part = Resampling.resample(image, box, output);
    return random.nextBoolean() ? part.mirrored() : part;
  }

  @Override
  public double evaluatedFraction() {
    return EVALUATED_FRACTION;
  }

  /** Draws the rectangle: scale and ratio for each attempt, then row and column. */
  CropBox box(ImageShape image, RandomGenerator random) {
    double imageArea = (double) image.height() * image.width();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = imageArea * between(minScale, maxScale, random);
      double ratio = Math.exp(between(Math.log(minRatio), Math.log(maxRatio), random));
      int width = (int) Math.round(Math.sqrt(area * ratio));
      int height = (int) Math.round(Math.sqrt(area / ratio));
      if (0 < width && width <= image.width() && 0 < height && height <= image.height()) {
        int y = random.nextInt(image.height() - height + 1);
        int x = random.nextInt(image.width() - width + 1);
        return new CropBox(y, x, height, width);
      }
    }
    return largest(image);
  }

  private CropBox largest(ImageShape image) {
    double ratio = (double) image.width() / image.height();
    double allowed = Math.max(minRatio, Math.min(maxRatio, ratio));
    int width = (int) Math.max(1, Math.round(Math.min(image.width(), image.height() * allowed)));
    int height = (int) Math.max(1, Math.round(Math.min(image.height(), image.width() / allowed)));
    return new CropBox((image.height() - height) / 2, (image.width() - width) / 2, height, width);
  }

  private static double between(double min, double max, RandomGenerator random) {
    return min + (max - min) * random.nextDouble();
  }
}
