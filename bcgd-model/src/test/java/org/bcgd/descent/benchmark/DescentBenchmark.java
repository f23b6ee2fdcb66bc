// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bcgd.data.ImageShape;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.Blending;
import org.bcgd.descent.Decay;
import org.bcgd.descent.DescentSettings;
import org.bcgd.descent.LearningRate;
import org.bcgd.descent.MasterState;
import org.bcgd.descent.ResolutionRule;
import org.bcgd.descent.WeightDecay;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightPrecision.Granularity;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;

/**
 * The driver's work in a step of ResNet-18 with binary weights, on all cores: medians in
 * milliseconds. Run it with
 *
 * <pre>
 *   mvn -q -pl bcgd-model test-compile exec:exec@descent-benchmark
 * </pre>
 */
public final class DescentBenchmark {

  private static final int WARM_UP = 200;
  private static final int REPEATS = 51;

  private final List<double[]> milliseconds = new ArrayList<>();

  private DescentBenchmark() {}

  public static void main(String[] arguments) {
    new DescentBenchmark().run();
  }

  private void run() {
    ParameterLayout layout =
        Architecture.RESNET18
            .define(
                new ImageShape(3, 224, 224),
                1000,
                new NetworkActivation.Quantized(
                    new ActivationQuantizer(4, Rounding.UP),
                    CoarseDerivative.CLIPPED_RELU,
                    ResolutionDerivative.THREE_VALUED))
            .layout();
    BlendedCoarseGradientDescent descent =
        new BlendedCoarseGradientDescent(layout, precision(), settings(), 5000);
    GradientSum gradient = new GradientSum(InitialWeights.draw(layout, 2), 1, 1, 256, 8);
    MasterState state = MasterState.start(InitialWeights.draw(layout, 1));
    MasterState spare = MasterState.start(new float[layout.size()]);
    for (int i = 0; i < WARM_UP + REPEATS; i++) {
      double[] times = new double[3];
      MasterState before = state;
      MasterState into = spare;
      WeightSnapshot w = time(times, 0, () -> descent.gradientPoint(before));
      time(times, 1, () -> PackedSnapshot.of(w));
      state = time(times, 2, () -> descent.step(before, w, gradient, into));
      spare = before;
      if (i >= WARM_UP) {
        milliseconds.add(times);
      }
    }
    System.out.printf(
        "%,d values: project %.1f ms, pack %.1f ms, update %.1f ms, together %.1f ms%n",
        layout.size(), median(0), median(1), median(2), median(0) + median(1) + median(2));
  }

  private static <T> T time(double[] times, int phase, Supplier<T> work) {
    long start = System.nanoTime();
    T outcome = work.get();
    times[phase] = (System.nanoTime() - start) / 1e6;
    return outcome;
  }

  private double median(int phase) {
    double[] sorted = milliseconds.stream().mapToDouble(times -> times[phase]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static WeightPrecision precision() {
    return new WeightPrecision(
        Optional.of(new BinaryQuantizer()), Granularity.LAYER, new LayerSelection.All());
  }

  private static DescentSettings settings() {
    return new DescentSettings(
        new LearningRate(0.01, new Decay.Constant(), 0),
        0.9,
        new WeightDecay(1e-5, 1e-5, 1e-5, 0),
        Blending.constant(1e-5),
        Optional.empty(),
        new ResolutionRule(0.01, Double.POSITIVE_INFINITY, 1e-3, 100),
        0.9);
  }
}
