// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import java.util.Arrays;
import org.bcgd.packed.PackedModel;
import org.bcgd.packed.QuantizedModel;

/**
 * What this machine does with a packed model, images decoded already; medians.
 *
 * @param threads all of the machine's
 * @param batch images of a call for the throughput
 * @param imagesPerSecond of such calls
 * @param latencyMilliseconds of a call with one image
 * @param heapBytes that the weights take
 * @param nativeBytes that the model held after calls with one image and with a batch
 */
public record ClassifySpeed(
    int threads,
    int batch,
    double imagesPerSecond,
    double latencyMilliseconds,
    long heapBytes,
    long nativeBytes) {

  private static final int BATCH = 32;
  private static final double SECONDS = 2; // of each measurement, warm-up the same again
  private static final int FEWEST = 5; // calls

  /** Measures, some seconds long. */
  public static ClassifySpeed measure(PackedModel packed) {
    int threads = Runtime.getRuntime().availableProcessors();
    int size = packed.preprocessing().output().size();
    try (QuantizedModel model = new QuantizedModel(packed, threads)) {
      double latency = median(model, new float[size]);
      double together = median(model, new float[BATCH * size]);
      return new ClassifySpeed(
          threads, BATCH, BATCH / together, latency * 1e3, model.heapBytes(), model.nativeBytes());
    }
  }

  /** Seconds of a call. */
  private static double median(QuantizedModel model, float[] pixels) {
    timings(model, pixels);
    double[] times = timings(model, pixels);
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static double[] timings(QuantizedModel model, float[] pixels) {
    double[] times = new double[FEWEST];
    long start = System.nanoTime();
    int count = 0;
    while (count < FEWEST || System.nanoTime() - start < SECONDS * 1e9) {
      long begin = System.nanoTime();
      model.logits(pixels);
      times = count < times.length ? times : Arrays.copyOf(times, 2 * times.length);
      times[count++] = (System.nanoTime() - begin) / 1e9;
    }
    return Arrays.copyOf(times, count);
  }
}
