// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.bcgd.data.ImageShape;
import org.bcgd.engine.TestNetworks;
import org.bcgd.export.OnnxDialect;
import org.bcgd.export.OnnxRun;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.QuantizedModel;
import org.bcgd.parameters.LayerSelection;

/**
 * A packed model of drawn weights: its size, the time to load it, images a second and the latency
 * of one image, beside ONNX Runtime on what is exported of it; medians.
 *
 * <pre>
 *   mvn -q -pl bcgd-model test-compile exec:exec@inference-benchmark -Dbenchmark="resnet18 224 1000 32 2 11"
 *       architecture, image size, classes, batch, threads, repeats
 * </pre>
 */
public final class InferenceBenchmark {

  private static final double WARM_UP = 4; // seconds, for Java's compiler

  private InferenceBenchmark() {}

  /** Prints one line each. */
  public static void main(String[] arguments) throws IOException {
    int size = Integer.parseInt(arguments[1]);
    int classes = Integer.parseInt(arguments[2]);
    int batch = Integer.parseInt(arguments[3]);
    int threads = Integer.parseInt(arguments[4]);
    int repeats = Integer.parseInt(arguments[5]);
    ImageShape image = new ImageShape(3, size, size);
    Path file = Files.createTempFile(arguments[0], ".bcgd");
    for (LayerSelection selection :
        new LayerSelection[] {new LayerSelection.AllButFirstAndLast(), new LayerSelection.All()}) {
      Files.write(file, PackedFormat.bytes(DrawnModel.of(arguments[0], size, classes, selection)));
      System.out.printf("%s, %s: %,d bytes%n", arguments[0], selection, Files.size(file));
    }
    float[] pixels = TestNetworks.batch(image, batch, classes, 1).pixels();
    float[] alone = Arrays.copyOf(pixels, image.size());
    load(file, threads, alone);
    try (QuantizedModel packed = QuantizedModel.load(file, threads);
        OnnxRun integer = new OnnxRun(packed.model(), OnnxDialect.INTEGER, threads);
        OnnxRun real = new OnnxRun(packed.model(), OnnxDialect.FLOAT, threads)) {
      for (float[] images : new float[][] {alone, pixels}) {
        tell("packed", images.length / image.size(), median(() -> packed.logits(images), repeats));
        tell("ONNX", images.length / image.size(), median(() -> integer.logits(images), repeats));
        tell(
            "ONNX float", images.length / image.size(), median(() -> real.logits(images), repeats));
      }
      System.out.printf(Locale.ROOT, "native memory %.1f MB%n", packed.nativeBytes() / 1e6);
    }
    Files.delete(file);
  }

  /** From a file to the answer for one image, again and again in one process. */
  private static void load(Path file, int threads, float[] image) {
    for (int i = 0; i < 6; i++) {
      long start = System.nanoTime();
      try (QuantizedModel model = QuantizedModel.load(file, threads)) {
        long loaded = System.nanoTime();
        model.logits(image);
        System.out.printf(
            Locale.ROOT,
            "load %.0f ms, then the first image %.0f ms; %.1f MB of native memory%n",
            (loaded - start) / 1e6,
            (System.nanoTime() - loaded) / 1e6,
            model.nativeBytes() / 1e6);
      }
    }
  }

  private static void tell(String name, int images, double milliseconds) {
    System.out.printf(
        Locale.ROOT,
        "%-12s %4d images %8.2f ms %9.1f images/s%n",
        name,
        images,
        milliseconds,
        images / milliseconds * 1e3);
  }

  /** Milliseconds. */
  private static double median(Runnable work, int repeats) {
    for (long start = System.nanoTime(); System.nanoTime() - start < WARM_UP * 1e9; ) {
      work.run();
    }
    double[] times = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      work.run();
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[repeats / 2];
  }
}
