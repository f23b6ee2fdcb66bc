// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.engine.EngineSettings;
import org.bcgd.engine.GradientPrecision;
import org.bcgd.engine.OneDnnNetwork;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.QuantizedTensor;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;

/**
 * Images per second of a training step and of classification, as medians.
 *
 * <pre>
 *   mvn -q -pl bcgd-model test-compile exec:exec@engine-benchmark -Dbenchmark="resnet20 32 128 2 11"
 *       architecture, image size, batch, threads, repeats
 * </pre>
 */
public final class EngineBenchmark {

  private static final int CLASSES = 10;
  private static final int WARM_UP = 8;

  private EngineBenchmark() {}

  /** Prints one line for 1W4A and one for float32. */
  public static void main(String[] arguments) {
    Architecture architecture = Architecture.named(arguments[0]);
    int size = Integer.parseInt(arguments[1]);
    ImageShape image = new ImageShape(3, size, size);
    Batch batch = batch(image, Integer.parseInt(arguments[2]));
    int threads = Integer.parseInt(arguments[3]);
    int repeats = Integer.parseInt(arguments[4]);
    measure(
        "1W4A",
        architecture.define(image, CLASSES, fourBits()),
        Optional.of(new BinaryQuantizer()),
        batch,
        threads,
        repeats);
    measure(
        "float32",
        architecture.define(image, CLASSES, new NetworkActivation.Rectified()),
        Optional.empty(),
        batch,
        threads,
        repeats);
  }

  private static NetworkActivation fourBits() {
    return new NetworkActivation.Quantized(
        new ActivationQuantizer(4, Rounding.UP),
        CoarseDerivative.CLIPPED_RELU,
        ResolutionDerivative.THREE_VALUED);
  }

  private static void measure(
      String name,
      NetworkDefinition definition,
      Optional<BinaryQuantizer> quantizer,
      Batch batch,
      int threads,
      int repeats) {
    WeightSnapshot weights = weights(definition, quantizer);
    EngineSettings settings = new EngineSettings(threads, GradientPrecision.BFLOAT16);
    try (OneDnnNetwork engine = new OneDnnNetwork(definition, settings)) {
      double train = median(() -> engine.gradient(weights, batch), repeats);
      double classify = median(() -> engine.classify(weights, batch), repeats);
      System.out.printf(
          Locale.ROOT,
          "%-10s %-8s train %7.1f ms %7.1f images/s   classify %7.1f ms %7.1f images/s   %.0f MB%n",
          definition.name(),
          name,
          train,
          batch.size() / train * 1e3,
          classify,
          batch.size() / classify * 1e3,
          engine.nativeBytes() / 1e6);
    }
  }

  /** Milliseconds. */
  private static double median(Runnable work, int repeats) {
    double[] times = new double[repeats];
    for (int i = -WARM_UP; i < repeats; i++) {
      long start = System.nanoTime();
      work.run();
      times[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[repeats / 2];
  }

  private static WeightSnapshot weights(
      NetworkDefinition definition, Optional<BinaryQuantizer> quantizer) {
    ParameterLayout layout = definition.layout();
    float[] values = InitialWeights.draw(layout, 1);
    WeightPrecision precision =
        new WeightPrecision(
            quantizer.map(binary -> binary),
            WeightPrecision.Granularity.LAYER,
            new LayerSelection.All());
    var quantized = precision.quantizedSlices(layout);
    return new WeightSnapshot(
        layout,
        layout.slices().stream()
            .map(slice -> quantized.contains(slice) ? project(slice, values) : none())
            .toList(),
        values);
  }

  private static Optional<QuantizedTensor> project(ParameterSlice slice, float[] values) {
    return Optional.of(
        QuantizedTensor.project(new BinaryQuantizer(), values, slice.offset(), slice.length(), 1));
  }

  private static Optional<QuantizedTensor> none() {
    return Optional.empty();
  }

  private static Batch batch(ImageShape image, int size) {
    RandomGenerator random = RandomKey.of(1).generator();
    float[] pixels = new float[size * image.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[size];
    Arrays.setAll(labels, n -> random.nextInt(CLASSES));
    return new Batch(image, pixels, labels);
  }
}
