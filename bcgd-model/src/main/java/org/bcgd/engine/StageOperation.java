// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.List;
import org.bcgd.engine.onednn.Tensor;

/**
 * All element-wise work between two convolutions, for the images of one thread. Forward it reads
 * its inputs twice if there is a batch norm, for the statistics and for the values, else once; what
 * the backward pass needs of the forward one it computes again.
 */
final class StageOperation implements Operation {

  /** Where the stage's value goes and where its gradient comes from. */
  record Destination(Tensor value, List<Gradient> gradients, Tensor sumGradient) {}

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

  StageOperation(
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

  @Override
  public void forward(Step step) {
    if (step.training() && meets) {
      terms.forEach(term -> term.measure(step));
      crew.meet();
    }
    terms.forEach(term -> term.prepare(step));
    activation.prepare(step);
    strips.forEach(
        (offset, length) -> {
          sum(offset, length);
          activation.apply(z, y, length);
          destination.value().store(y, offset, length);
        },
        () -> {});
  }

  private void sum(int offset, int length) {
    for (int i = 0; i < terms.size(); i++) {
      terms.get(i).addTo(z, i == 0, offset, length);
    }
  }

  @Override
  public void backward(Step step) {
    strips.forEach(
        (offset, length) -> {
          sum(offset, length);
          gather.into(g, offset, length);
          activation.differentiate(g, z, length);
          destination.sumGradient().store(g, offset, length);
          for (int i = 0; i < terms.size(); i++) {
            terms.get(i).collect(g, length);
          }
        },
        this::fold);
    if (meets) {
      crew.meet();
    }
    terms.forEach(term -> term.propagate(step, destination.sumGradient()));
  }

  private void fold() {
    terms.forEach(StageTerm::fold);
    activation.fold();
  }
}
