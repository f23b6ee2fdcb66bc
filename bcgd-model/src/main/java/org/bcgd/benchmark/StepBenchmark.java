// SPDX-License-Identifier: Apache-2.0
package org.bcgd.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.bcgd.data.Batch;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.engine.EngineSettings;
import org.bcgd.engine.OneDnnNetwork;
import org.bcgd.engine.step.StepProfile;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;

/**
 * Training steps and classification of one minibatch on one machine, without Spark: projection,
 * packing, gradient and update as in a training, on random images.
 */
public final class StepBenchmark {

  private static final int WARM_UP_STEPS = 5;

  private final NetworkDefinition network;
  private final BlendedCoarseGradientDescent descent;
  private final EngineSettings settings;
  private final Batch batch;
  private final float[] sums; // of each step in turn
  private MasterState state;

  public StepBenchmark(
      NetworkDefinition network,
      BlendedCoarseGradientDescent descent,
      EngineSettings settings,
      int batchSize) {
    this.network = network;
    this.descent = descent;
    this.settings = settings;
    this.batch = RandomImages.batch(network.image(), batchSize, network.classes());
    this.sums = new float[network.layout().size()];
    this.state = MasterState.start(InitialWeights.draw(network.layout(), 1));
  }

  /**
   * @param warmUp seconds of untimed steps before, which Java's compiler needs
   * @param rounds timed steps, of which the median is taken
   */
  public StepFigures run(double warmUp, int rounds) {
    try (OneDnnNetwork engine = new OneDnnNetwork(network, settings)) {
      warmUp(engine, warmUp);
      List<double[]> steps = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        steps.add(step(engine));
      }
      WeightSnapshot w = descent.quantize(state);
      ProcessMemory memory = ProcessMemory.now(engine.gradientMemory(w, batch.size()));
      StepProfile profile = engine.profile(w, batch, rounds, sums);
      return new StepFigures(
          batch.size(),
          median(steps, times -> times[0] + times[1] + times[2] + times[3]),
          parts(steps),
          classification(engine, w, rounds),
          profile,
          MemoryBandwidth.measure(settings.threads()),
          memory);
    }
  }

  private void warmUp(OneDnnNetwork engine, double seconds) {
    long start = System.nanoTime();
    for (int i = 0; i < WARM_UP_STEPS || seconds(start) < seconds; i++) {
      step(engine);
    }
  }

  /** A training step; gives the seconds of its parts. */
  private double[] step(OneDnnNetwork engine) {
    double[] times = new double[4];
    WeightSnapshot w = time(times, 0, () -> descent.gradientPoint(state));
    time(times, 1, () -> PackedSnapshot.of(w));
    GradientSum g = time(times, 2, () -> engine.gradient(w, batch, sums));
    state = time(times, 3, () -> descent.step(state, w, g, state));
    return times;
  }

  private static StepFigures.Parts parts(List<double[]> steps) {
    return new StepFigures.Parts(
        median(steps, times -> times[0]),
        median(steps, times -> times[1]),
        median(steps, times -> times[2]),
        median(steps, times -> times[3]));
  }

  private double classification(OneDnnNetwork engine, WeightSnapshot w, int rounds) {
    List<double[]> passes = new ArrayList<>();
    for (int i = -WARM_UP_STEPS; i < rounds; i++) {
      double[] times = new double[1];
      time(times, 0, () -> engine.classify(w, batch));
      if (i >= 0) {
        passes.add(times);
      }
    }
    return median(passes, times -> times[0]);
  }

  private static <T> T time(double[] times, int part, Supplier<T> work) {
    long start = System.nanoTime();
    T outcome = work.get();
    times[part] = seconds(start);
    return outcome;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<double[]> rounds, ToDoubleFunction<double[]> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
