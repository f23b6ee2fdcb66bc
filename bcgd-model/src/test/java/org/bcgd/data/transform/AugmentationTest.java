// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {

  private static final ImageShape SMALL = new ImageShape(1, 3, 4);

  @Test
  void padCropFlipIsWhatItSaysPixelByPixel() {
    Pixels image = ramp(SMALL);
    for (int seed = 0; seed < 50; seed++) {
      RandomKey key = RandomKey.of(seed);
      assertThat(new PadCropFlip(2).training(image, SMALL, key).values())
          .as("seed %d", seed)
          .isEqualTo(naivePadCropFlip(image, 2, key));
    }
  }

  /** Looks every pixel up by itself; shares only the documented order of draws. */
  private static byte[] naivePadCropFlip(Pixels image, int padding, RandomKey key) {
    RandomGenerator random = key.generator();
    int down = random.nextInt(2 * padding + 1);
    int right = random.nextInt(2 * padding + 1);
    boolean mirror = random.nextBoolean();
    int height = image.shape().height();
    int width = image.shape().width();
    byte[] expected = new byte[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int fromY = y + down - padding;
        int fromX = (mirror ? width - 1 - x : x) + right - padding;
        boolean inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
        expected[y * width + x] = inside ? image.values()[fromY * width + fromX] : 0;
      }
    }
    return expected;
  }

  @Test
  void halfOfTheImagesAreMirrored() {
    Pixels image = ramp(SMALL);
    int mirrored = 0;
    for (int seed = 0; seed < 1000; seed++) {
      byte[] view = new PadCropFlip(0).training(image, SMALL, RandomKey.of(seed)).values();
      mirrored += view[0] == image.values()[0] ? 0 : 1;
    }
    assertThat(mirrored).isBetween(450, 550);
  }

  @Test
  void equalKeysGiveEqualViews() {
    Pixels image = ramp(new ImageShape(3, 40, 60));
    ImageShape output = new ImageShape(3, 24, 24);
    RandomResizedCropFlip augmentation = RandomResizedCropFlip.PHOTOGRAPHS;
    byte[] view = augmentation.training(image, output, RandomKey.of(1)).values();
    assertThat(augmentation.training(image, output, RandomKey.of(1)).values()).isEqualTo(view);
    assertThat(augmentation.training(image, output, RandomKey.of(2)).values()).isNotEqualTo(view);
  }

  @ParameterizedTest
  @CsvSource({"375,500", "500,375", "224,224", "60,60"})
  void randomBoxesLieInsideWithAreaAndRatioAllowed(int height, int width) {
    ImageShape image = new ImageShape(3, height, width);
    double smallest = 1;
    double largest = 0;
    for (int seed = 0; seed < 2000; seed++) {
      CropBox box = RandomResizedCropFlip.PHOTOGRAPHS.box(image, RandomKey.of(seed).generator());
      assertThat(box.y()).isBetween(0, height - box.height());
      assertThat(box.x()).isBetween(0, width - box.width());
      // Sides are rounded to whole pixels, so the bounds hold up to half a pixel on each side.
      assertThat((box.height() + 0.5) * (box.width() + 0.5))
          .isGreaterThanOrEqualTo(0.08 * height * width);
      assertThat((box.width() + 0.5) / (box.height() - 0.5)).isGreaterThanOrEqualTo(3.0 / 4);
      assertThat((box.width() - 0.5) / (box.height() + 0.5)).isLessThanOrEqualTo(4.0 / 3);
      double scale = (double) box.height() * box.width() / (height * width);
      smallest = Math.min(smallest, scale);
      largest = Math.max(largest, scale);
    }
    assertThat(smallest).isLessThan(0.1);
    assertThat(largest).isGreaterThan(0.9);
  }

  @Test
  void anImageTooFlatForAnyBoxGivesItsMiddle() {
    RandomResizedCropFlip whole = new RandomResizedCropFlip(1, 1, 3.0 / 4, 4.0 / 3);
    CropBox box = whole.box(new ImageShape(3, 30, 300), RandomKey.of(0).generator());
    assertThat(box).isEqualTo(new CropBox(0, 130, 30, 40));
  }

  @Test
  void shrinkingTakesTheMeanOverTheArea() {
    byte[] values = {0, 4, 100, 100, 8, 12, 100, 104, 1, 1, 0, 0, 1, 1, 0, 0};
    Pixels image = new Pixels(new ImageShape(1, 4, 4), values);
    assertThat(new NoAugmentation().evaluation(image, new ImageShape(1, 2, 2)).values())
        .containsExactly(6, 101, 1, 0);
  }

  @Test
  void evaluationOfAPhotographSeesSevenEighthsOfItsMiddle() {
    CropBox box = CropBox.central(new ImageShape(3, 256, 512), new ImageShape(3, 224, 224), 0.875);
    assertThat(box).isEqualTo(new CropBox(16, 144, 224, 224));
    Pixels image = ramp(new ImageShape(3, 256, 512));
    assertThat(RandomResizedCropFlip.PHOTOGRAPHS.evaluation(image, new ImageShape(3, 224, 224)))
        .usingRecursiveComparison()
        .isEqualTo(image.window(16, 144, 224, 224));
  }

  @Test
  void anImageOfTheRightSizeIsLeftAlone() {
    Pixels image = ramp(SMALL);
    assertThat(new NoAugmentation().training(image, SMALL, RandomKey.of(0)).values())
        .isEqualTo(image.values());
    assertThat(new PadCropFlip(4).evaluation(image, SMALL).values()).isEqualTo(image.values());
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatThrownBy(() -> new PadCropFlip(-1))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("padding is -1");
    assertThatThrownBy(() -> new RandomResizedCropFlip(0.5, 0.4, 1, 1))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("scale 0.5..0.4");
    assertThatThrownBy(() -> new RandomResizedCropFlip(0.5, 1, 0, 1))
        .isInstanceOf(SettingsException.class);
    assertThatThrownBy(() -> new RandomResizedCropFlip(0.5, 2, 1, 1))
        .isInstanceOf(SettingsException.class);
  }

  /** Values 1, 2, 3, ... and never 0, which is the padding. */
  private static Pixels ramp(ImageShape shape) {
    byte[] values = new byte[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (1 + i % 255);
    }
    return new Pixels(shape, values);
  }
}
