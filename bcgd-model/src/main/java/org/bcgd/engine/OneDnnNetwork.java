// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bcgd.data.Batch;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.engine.plan.Plan;
import org.bcgd.engine.step.Step;
import org.bcgd.engine.step.StepProfile;
import org.bcgd.network.CoarseGradientNetwork;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.vector.VectorModule;

/**
 * A network compiled onto oneDNN.
 *
 * <p>The forward pass of a layer whose weights and inputs are both quantized is exact: it adds
 * products of levels and codes, whole numbers that float32 holds as long as no sum of their
 * magnitudes reaches 2²⁴. Results depend on the number of threads, not on their scheduling.
 */
public final class OneDnnNetwork implements CoarseGradientNetwork {

  /** What a plan is compiled for. */
  private record PlanKey(int batch, BitSet quantized) {}

  private final NetworkDefinition definition;
  private final ParameterLayout layout;
  private final EngineSettings settings;
  private final Classifier classifier;
  private final Map<PlanKey, Plan> plans = new HashMap<>();
  private final Map<Integer, Crew> crews = new HashMap<>(); // by size

  /**
   * @throws org.bcgd.failure.SettingsException if a layer is not supported, or the native library
   *     cannot be loaded
   */
  public OneDnnNetwork(NetworkDefinition definition, EngineSettings settings) {
    this.definition = definition;
    this.layout = definition.layout();
    this.settings = settings;
    this.classifier = new Classifier(definition, settings.threads());
    VectorModule.require();
    GraphReader.read(definition, slice -> false);
    OneDnn.load();
  }

  @Override
  public GradientSum gradient(WeightSnapshot weights, Batch batch) {
    definition.requireFit(weights, batch);
    return plan(weights, batch.size()).gradient(training(weights, batch));
  }

  private Step training(WeightSnapshot weights, Batch batch) {
    return new Step(weights, batch, true, new float[layout.size()]);
  }

  @Override
  public float[] classify(WeightSnapshot weights, Batch batch) {
    definition.requireFit(weights, batch);
    if (isQuantized(weights)) {
      return classifier.probabilities(weights, batch.pixels());
    }
    return plan(weights, batch.size())
        .classify(new Step(weights, batch, false, new float[0]), definition.classes());
  }

  private static boolean isQuantized(WeightSnapshot weights) {
    return IntStream.range(0, weights.layout().slices().size())
        .anyMatch(slice -> weights.quantized(slice).isPresent());
  }

  /** Where the time of {@link #gradient} goes: the median of some rounds. */
  public StepProfile profile(WeightSnapshot weights, Batch batch, int rounds) {
    return plan(weights, batch.size()).profile(() -> training(weights, batch), rounds);
  }

  /** Native memory that is held for tensors, in bytes. */
  public long nativeBytes() {
    return classifier.nativeBytes() + plans.values().stream().mapToLong(Plan::bytes).sum();
  }

  @Override
  public long reserveGradient(WeightSnapshot weights, int batch) {
    plan(weights, batch);
    return nativeBytes();
  }

  @Override
  public long reserveClassify(WeightSnapshot weights, int batch) {
    if (isQuantized(weights)) {
      classifier.probabilities(weights, new float[batch * definition.image().size()]);
    } else {
      plan(weights, batch);
    }
    return nativeBytes();
  }

  private Plan plan(WeightSnapshot weights, int batch) {
    BitSet quantized = new BitSet();
    for (int i = 0; i < layout.slices().size(); i++) {
      quantized.set(i, weights.quantized(i).isPresent());
    }
    return plans.computeIfAbsent(new PlanKey(batch, quantized), this::compile);
  }

  private Plan compile(PlanKey key) {
    ElementType codes = settings.gradientPrecision().type();
    boolean exactFloats = codes == ElementType.FLOAT32;
    ExecutionGraph graph =
        GraphReader.read(definition, slice -> !exactFloats && !key.quantized().get(slice));
    Crew crew = crews.computeIfAbsent(Math.min(settings.threads(), key.batch()), Crew::new);
    return new Plan(graph, key.batch(), crew, codes);
  }

  /** Frees native memory and ends the threads. */
  @Override
  public void close() {
    classifier.close();
    plans.values().forEach(Plan::close);
    plans.clear();
    crews.values().forEach(Crew::close);
    crews.clear();
  }
}
