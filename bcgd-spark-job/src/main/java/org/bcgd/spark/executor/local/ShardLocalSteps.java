// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor.local;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.BiFunction;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShard;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.executor.ShardWork;

/**
 * The task of a round of local steps: shard p takes steps of BCGD by itself, from the common
 * weights, on its own minibatches. A pure function of (state, shard, steps, seed).
 *
 * <p>The slots of what it gives hold float weights, and after them the momentum where that is
 * shared; loss, hits and samples are those of all its steps.
 */
public final class ShardLocalSteps
    implements BiFunction<Integer, Iterator<ImageShard>, GradientSum>, Serializable {

  private static final long serialVersionUID = 1;

  private final ShardWork work;
  private final Broadcast<LocalDescent> update;
  private final Broadcast<SharedState> start;
  private final int steps;

  public ShardLocalSteps(
      ShardWork work, Broadcast<LocalDescent> update, Broadcast<SharedState> start, int steps) {
    this.work = work;
    this.update = update;
    this.start = start;
    this.steps = steps;
  }

  @Override
  public GradientSum apply(Integer shard, Iterator<ImageShard> images) {
    return walk(shard, images.next());
  }

  private GradientSum walk(int shard, ImageShard images) {
    BlendedCoarseGradientDescent descent = update.value().on(work.layout());
    MasterState state = start.value().state();
    MasterState spare = MasterState.blank(state.weights().length);
    double loss = 0;
    int correct = 0;
    int samples = 0;
    for (int i = 0; i < steps; i++) {
      WeightSnapshot w = descent.gradientPoint(state);
      GradientSum g = work.gradient(w, images, shard, state.step());
      MasterState next = descent.step(state, w, g, spare);
      // The arrays of the common state belong to all tasks of this JVM.
      spare = i == 0 ? MasterState.blank(state.weights().length) : state;
      state = next;
      loss += g.loss();
      correct += g.correct();
      samples += g.samples();
    }
    work.prepare(images, shard, state.step());
    return new GradientSum(sent(state), loss, correct, samples, 1);
  }

  private float[] sent(MasterState state) {
    if (!update.value().sharesMomentum()) {
      return state.weights();
    }
    int size = state.weights().length;
    float[] both = Arrays.copyOf(state.weights(), 2 * size);
    System.arraycopy(state.momentum(), 0, both, size, size);
    return both;
  }
}
