// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.stage;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.memory.Gradient;
import org.bcgd.engine.memory.GradientGather;
import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.step.Operation;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.Step;
import org.bcgd.engine.step.Task;

/**
 * All element-wise work between two convolutions, for the images of one thread. Forward it reads
 * its inputs twice if there is a batch norm, for the statistics and for the values, else once; what
 * the backward pass needs of the forward one it computes again.
 */
public final class StageOperation implements Operation {

  /**
   * Where the stage's value goes and where its gradient comes from.
   *
   * @param copies of the value, which are asked for by what is compiled later
   */
  public record Destination(
      Tensor value, List<Tensor> copies, List<Gradient> gradients, Tensor sumGradient) {

    long valueBytes() {
      return value.size() + copies.stream().mapToLong(Tensor::size).sum();
    }
  }

  private final List<StageTerm> terms;
  private final StageActivation activation;
  private final Destination destination;
  private final Strips strips;
  private final Crew crew;
  private final boolean meets;
  private final GradientGather gather;
  private final float[] z; // a strip of the sum of terms
  private final float[] y; // a strip of the value
  private final float[] g; // a strip of the gradient

  public StageOperation(
      List<StageTerm> terms,
      StageActivation activation,
      Destination destination,
      Strips strips,
      Crew crew) {
    this.terms = terms;
    this.activation = activation;
    this.destination = destination;
    this.strips = strips;
    this.crew = crew;
    this.meets = terms.stream().anyMatch(StageTerm::needsMeeting);
    this.gather = new GradientGather(destination.gradients(), strips);
    this.z = new float[strips.length()];
    this.y = new float[strips.length()];
    this.g = new float[strips.length()];
  }

  /** Whether the threads meet in it, there and back. */
  public boolean meets() {
    return meets;
  }

  private List<Strips.Visitor> forwards() {
    List<Strips.Visitor> visitors = new ArrayList<>();
    terms.forEach(term -> visitors.addAll(term.forwards(z, visitors.isEmpty())));
    visitors.add((offset, length) -> activation.apply(z, y, length));
    visitors.add((offset, length) -> destination.value().store(y, offset, length));
    for (Tensor copy : destination.copies()) {
      visitors.add((offset, length) -> copy.store(y, offset, length));
    }
    return visitors;
  }

  private List<Strips.Visitor> backwards() {
    List<Strips.Visitor> visitors = new ArrayList<>();
    terms.forEach(term -> visitors.addAll(term.again(z, visitors.isEmpty())));
    visitors.addAll(gather.into(g));
    visitors.add((offset, length) -> activation.differentiate(g, z, length));
    visitors.add((offset, length) -> destination.sumGradient().store(g, offset, length));
    for (StageTerm term : terms) {
      visitors.add((offset, length) -> term.collect(g, length));
    }
    return visitors;
  }

  @Override
  public List<Task> forward() {
    List<Task> tasks = new ArrayList<>();
    if (meets) {
      tasks.add(new Task(Phase.STATISTICS, measuredBytes(), this::measure));
      tasks.add(new Task(Phase.MEETING, step -> crew.meet()));
    }
    List<Strips.Visitor> visitors = forwards();
    tasks.add(new Task(Phase.APPLY, appliedBytes(), step -> apply(step, visitors)));
    return tasks;
  }

  @Override
  public List<Task> backward() {
    List<Task> tasks = new ArrayList<>();
    List<Strips.Visitor> visitors = backwards();
    tasks.add(
        new Task(
            Phase.APPLY_BACKWARD, backwardBytes(), step -> strips.forEach(visitors, this::fold)));
    if (meets) {
      tasks.add(new Task(Phase.MEETING, step -> crew.meet()));
    }
    tasks.add(new Task(Phase.NORM_BACKWARD, propagationBytes(), this::propagate));
    return tasks;
  }

  private long measuredBytes() {
    return terms.stream()
        .filter(StageTerm::needsMeeting)
        .mapToLong(term -> term.input.forward().size())
        .sum();
  }

  private long appliedBytes() {
    return terms.stream().mapToLong(term -> term.input.forwardBytes()).sum()
        + destination.valueBytes();
  }

  private long backwardBytes() {
    return terms.stream().mapToLong(term -> term.input.back().size()).sum()
        + destination.gradients().stream().mapToLong(g -> g.tensor().size()).sum()
        + destination.sumGradient().size();
  }

  private long propagationBytes() {
    return terms.stream().mapToLong(term -> term.propagationBytes(destination.sumGradient())).sum();
  }

  private void measure(Step step) {
    terms.forEach(term -> term.measure(step));
  }

  private void apply(Step step, List<Strips.Visitor> visitors) {
    terms.forEach(term -> term.prepare(step));
    activation.prepare(step);
    strips.forEach(visitors, () -> {});
  }

  private void propagate(Step step) {
    terms.forEach(term -> term.propagate(step, destination.sumGradient()));
  }

  private void fold() {
    terms.forEach(StageTerm::fold);
    activation.fold();
  }
}
