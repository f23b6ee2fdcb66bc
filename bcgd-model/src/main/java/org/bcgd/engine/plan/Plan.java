// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.crew.Images;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.memory.MemoryUse;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.PhaseClock;
import org.bcgd.engine.step.Step;
import org.bcgd.engine.step.StepProfile;
import org.bcgd.parameters.GradientSum;

/**
 * A network compiled for batches of one size. The batch is divided among threads; each takes its
 * images through the whole network, in memory of its own, and meets the others only where the
 * batch's statistics are needed.
 */
public final class Plan implements AutoCloseable {

  private final Arena arena = new Arena();
  private final Crew crew;
  private final SharedState shared;
  private final List<ThreadPlan> threads = new ArrayList<>();
  private final List<PhaseClock> clocks = new ArrayList<>(); // of what the threads share

  /**
   * @param crew as many threads as there are images, at most
   */
  public Plan(ExecutionGraph graph, PlanSettings settings, Crew crew) {
    this.crew = crew;
    this.shared = new SharedState(arena, graph, crew.size());
    for (int i = 0; i < crew.size(); i++) {
      clocks.add(new PhaseClock());
      Images images = Images.share(i, crew.size(), settings.batch());
      crew.one(i, () -> threads.add(new ThreadPlan(graph, shared, crew, images, settings)));
    }
    for (int i = 0; i < crew.size(); i++) {
      int thread = i;
      crew.one(i, () -> shared.shareGradients(arena, thread));
    }
    shared.place(arena);
  }

  public GradientSum gradient(Step step) {
    loadWeights(step);
    crew.all(thread -> threads.get(thread).gradient(step));
    shared.writeSums(step);
    return new GradientSum(step.sums(), shared.loss(), shared.hits(), step.batch().size(), 1);
  }

  /** Class probabilities, [batch, classes]. */
  public float[] classify(Step step, int classes) {
    float[] probabilities = new float[step.batch().size() * classes];
    loadWeights(step);
    crew.all(thread -> threads.get(thread).classify(step, probabilities));
    return probabilities;
  }

  /** What one thread executes. */
  ThreadPlan thread(int index) {
    return threads.get(index);
  }

  private void loadWeights(Step step) {
    crew.all(
        thread -> clocks.get(thread).run(Phase.WEIGHTS, () -> shared.loadWeights(step, thread)));
  }

  /** Where the time of a step goes: the median of some rounds. */
  public StepProfile profile(Step step, int rounds) {
    PlanProfile profile = new PlanProfile(crew, threads, clocks);
    for (int i = 0; i < rounds; i++) {
      profile.round(() -> gradient(step));
    }
    return profile.result();
  }

  /** What the native memory is for, in bytes, at the time when most of it is used. */
  public Map<MemoryUse, Long> memory() {
    Map<MemoryUse, Long> bytes = new EnumMap<>(MemoryUse.class);
    threads.forEach(
        thread -> thread.memory().forEach((use, size) -> bytes.merge(use, size, Long::sum)));
    bytes.put(MemoryUse.WEIGHTS, arena.bytes());
    return bytes;
  }

  /** Native memory of tensors, in bytes. */
  public long bytes() {
    return arena.bytes() + threads.stream().mapToLong(ThreadPlan::bytes).sum();
  }

  @Override
  public void close() {
    threads.forEach(ThreadPlan::close);
    arena.close();
  }
}
