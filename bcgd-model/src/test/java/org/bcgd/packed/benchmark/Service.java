// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.transform.NoAugmentation;
import org.bcgd.data.transform.Normalization;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.packed.QuantizedModel;

/**
 * A service that is asked for a single image twenty times a second, or only prepares them; it tells
 * its time and memory.
 */
final class Service {

  private static final int TOLD = 10; // images whose time is told
  private static final int PAUSE = 50; // milliseconds

  /** What a service holds beside the images. */
  enum Holding {
    NOTHING,
    LIBRARY,
    MODEL
  }

  private Service() {}

  /**
   * Runs the service.
   *
   * @param arguments file of the model, image size, images, what it holds
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int size = Integer.parseInt(arguments[1]);
    int images = Integer.parseInt(arguments[2]);
    Holding holding = Holding.valueOf(arguments[3]);
    if (holding != Holding.NOTHING) {
      OneDnn.load();
    }
    Optional<QuantizedModel> model =
        holding == Holding.MODEL ? Optional.of(loaded(Path.of(arguments[0]))) : Optional.empty();
    ImageShape shape = new ImageShape(3, size, size);
    float[] halves = {0.5f, 0.5f, 0.5f};
    Preprocessing preprocessing =
        new Preprocessing(shape, new Normalization(halves, halves), new NoAugmentation());
    for (int i = 0; i < images; i++) {
      float[] pixels = new float[shape.size()];
      preprocessing.evaluation(new ImageEncoding.Raw(shape), image(shape, i), pixels, 0);
      long start = System.nanoTime();
      model.ifPresent(loaded -> loaded.classify(pixels));
      if (model.isPresent() && i < TOLD) {
        tellTime("image " + i, start);
      }
      Thread.sleep(PAUSE);
    }
    tellMemory(holding + " after " + images + " images");
    model.ifPresent(
        loaded -> {
          System.out.printf(
              Locale.ROOT,
              "by count %.1f MB native, %.1f MB heap%n",
              loaded.nativeBytes() / 1e6,
              loaded.heapBytes() / 1e6);
          loaded.close();
        });
  }

  private static QuantizedModel loaded(Path file) {
    long start = System.nanoTime();
    QuantizedModel model = QuantizedModel.load(file);
    tellTime("load", start);
    start = System.nanoTime();
    model.warmUp(1);
    tellTime("warm-up", start);
    return model;
  }

  private static byte[] image(ImageShape shape, int seed) {
    byte[] image = new byte[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) ((i + seed) * 31 + i / 57);
    }
    return image;
  }

  private static void tellTime(String what, long start) {
    System.out.printf(Locale.ROOT, "%s %.0f ms%n", what, (System.nanoTime() - start) / 1e6);
  }

  /** What is resident, and which part of it no file holds. */
  private static void tellMemory(String when) throws IOException {
    System.out.print(when);
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps_rollup"))) {
      String[] words = line.split("\\s+");
      if (words[0].equals("Rss:") || words[0].equals("Anonymous:")) {
        System.out.printf(
            Locale.ROOT, ", %s %.1f MB", words[0], Long.parseLong(words[1]) / 976.5625);
      }
    }
    System.out.println();
  }
}
