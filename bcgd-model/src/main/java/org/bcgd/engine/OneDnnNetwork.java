// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bcgd.data.Batch;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.engine.memory.MemoryUse;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.engine.plan.Plan;
import org.bcgd.engine.plan.PlanSettings;
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

  private final NetworkDefinition definition;
  private final ParameterLayout layout;
  private final EngineSettings settings;
  private final Classifier classifier;
  private final Map<PlanSettings, Plan> plans = new HashMap<>();
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
    return gradient(weights, batch, new float[layout.size()]);
  }

  /**
   * The same without asking for memory.
   *
   * @param spare [layout.size()], taken over by the result; what it holds does not matter
   */
  public GradientSum gradient(WeightSnapshot weights, Batch batch, float[] spare) {
    definition.requireFit(weights, batch);
    return plan(weights, batch.size()).gradient(new Step(weights, batch, true, spare));
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

  /**
   * Where the time of {@link #gradient} goes: the median of some rounds.
   *
   * @param spare [layout.size()], for the gradient; what it holds does not matter
   */
  public StepProfile profile(WeightSnapshot weights, Batch batch, int rounds, float[] spare) {
    Step step = new Step(weights, batch, true, spare);
    return plan(weights, batch.size()).profile(step, rounds);
  }

  /**
   * What the native memory of {@link #gradient} is for, in bytes, at the time when most of it is
   * used.
   */
  public Map<MemoryUse, Long> gradientMemory(WeightSnapshot weights, int batch) {
    return plan(weights, batch).memory();
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
    return plans.computeIfAbsent(
        PlanSettings.of(weights, batch, settings.gradientPrecision().type()), this::compile);
  }

  private Plan compile(PlanSettings plan) {
    boolean exactFloats = plan.codes() == ElementType.FLOAT32;
    ExecutionGraph graph =
        GraphReader.read(definition, slice -> !exactFloats && !plan.isQuantized(slice));
    Crew crew = crews.computeIfAbsent(Math.min(settings.threads(), plan.batch()), Crew::new);
    return new Plan(graph, plan, crew);
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
