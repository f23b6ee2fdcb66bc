// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.bcgd.randomness.RandomKey;

/** A dataset as ImageNet is laid out: small JPEG files of two classes, in train and val. */
public final class PhotographFolder {

  /** Settings that train on it in place of {@link org.bcgd.spark.training.TinyRun}'s dataset. */
  public static final List<String> SETTINGS =
      List.of(
          "dataset.format=image-folder",
          "dataset.shards=2",
          "dataset.training-limit=null",
          "dataset.evaluation-limit=null",
          "input.channels=3",
          "input.mean=[0.5,0.5,0.5]",
          "input.deviation=[0.25,0.25,0.25]",
          "input.augmentation=random-resized-crop-flip",
          "network.classes=2",
          "training.epochs=1",
          "training.batch-size=8");

  private static final int WIDTH = 40;
  private static final int HEIGHT = 36;
  private static final List<String> CLASSES = List.of("dark", "light");

  private PhotographFolder() {}

  /**
   * Writes it.
   *
   * @param perClass images of each class in each split, more than 1
   */
  public static Path write(Path folder, int perClass) throws IOException {
    for (String split : List.of("train", "val")) {
      for (String name : CLASSES) {
        Path images = Files.createDirectories(folder.resolve(split).resolve(name));
        for (int i = 0; i < perClass; i++) {
          RandomKey key = RandomKey.of(split.length()).with(CLASSES.indexOf(name)).with(i);
          Path file = images.resolve("image-%02d.jpg".formatted(i));
          ImageIO.write(photograph(CLASSES.indexOf(name), key.generator()), "jpg", file.toFile());
        }
      }
    }
    return folder;
  }

  private static BufferedImage photograph(int brightness, RandomGenerator random) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, 0x606060 * brightness + (random.nextInt() & 0x7F7F7F));
      }
    }
    return image;
  }
}
