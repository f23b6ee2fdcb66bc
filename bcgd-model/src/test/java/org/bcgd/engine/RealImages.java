// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.source.DatasetFormat;
import org.bcgd.data.source.ImageSource;
import org.bcgd.data.source.Split;
import org.bcgd.data.transform.NoAugmentation;
import org.bcgd.data.transform.Normalization;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.data.transform.RandomResizedCropFlip;

/** Images of the world, ready to enter a network. */
public final class RealImages {

  /** Photographs that do not come with the project. */
  public static final Path PHOTOGRAPHS = Path.of("../../shared/data/imagenette/val");

  private RealImages() {}

  /** The first images of Fashion-MNIST's test set. */
  public static Batch clothes(ImageShape image, int count) {
    ImageSource source =
        DatasetFormat.FASHION_MNIST_SAMPLE.open(
            DatasetFormat.FASHION_MNIST_SAMPLE.embeddedFiles().orElseThrow(), Split.EVALUATION);
    Preprocessing preprocessing =
        new Preprocessing(
            image,
            new Normalization(new float[] {0.286f}, new float[] {0.353f}),
            new NoAugmentation());
    float[] pixels = new float[count * image.size()];
    int[] next = {0};
    source.read(
        IntStream.range(0, count).toArray(),
        stored ->
            preprocessing.evaluation(
                source.encoding(), stored.bytes(), pixels, next[0]++ * image.size()));
    return new Batch(image, pixels, new int[count]);
  }

  /** The first photographs of the folder. */
  public static Batch photographs(ImageShape image, int count) throws IOException {
    Preprocessing preprocessing =
        new Preprocessing(
            image,
            new Normalization(
                new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f}),
            RandomResizedCropFlip.PHOTOGRAPHS);
    float[] pixels = new float[count * image.size()];
    try (Stream<Path> files = Files.walk(PHOTOGRAPHS)) {
      List<Path> chosen = files.filter(Files::isRegularFile).sorted().limit(count).toList();
      for (int n = 0; n < count; n++) {
        preprocessing.evaluation(
            new ImageEncoding.Compressed(),
            Files.readAllBytes(chosen.get(n)),
            pixels,
            n * image.size());
      }
    }
    return new Batch(image, pixels, new int[count]);
  }
}
