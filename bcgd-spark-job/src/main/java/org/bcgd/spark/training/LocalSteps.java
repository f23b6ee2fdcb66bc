// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.Arrays;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.parallel.FixedChunks;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.aggregation.ReducedGradient;
import org.bcgd.spark.executor.ShardWork;
import org.bcgd.spark.executor.local.LocalDescent;
import org.bcgd.spark.executor.local.ShardLocalSteps;
import org.bcgd.spark.executor.local.SharedState;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.PhaseTimer;

/**
 * Parameter averaging: every shard takes k steps of BCGD by itself from the same float weights, and
 * the driver averages where they arrive: weights, α, running statistics and momentum alike.
 *
 * <pre>
 *   w_f = Σ_p n_p·w_f,p / Σ_p n_p       n_p: images that shard p took
 * </pre>
 *
 * <p>Every shard takes equally many images in a step ({@link org.bcgd.data.MinibatchSchedule}), so
 * that the mean over images is the plain mean over shards. No round goes beyond the end of an
 * epoch: the last one of an epoch may be shorter.
 *
 * @param descent tells the point at which a round begins, for the log
 * @param job of a round
 * @param work of a shard
 * @param update of a shard
 * @param frequency k, local steps of a round
 * @param stepsPerEpoch steps of an epoch
 */
public record LocalSteps(
    BlendedCoarseGradientDescent descent,
    ShardJob job,
    ShardWork work,
    Broadcast<LocalDescent> update,
    int frequency,
    int stepsPerEpoch)
    implements Step {

  @Override
  public Taken from(MasterState state, MasterState spare, PhaseTimer timer) {
    int steps = Math.min(frequency, stepsPerEpoch - (int) (state.step() % stepsPerEpoch));
    WeightSnapshot w = timer.time(Phase.PROJECT, () -> descent.gradientPoint(state));
    ReducedGradient states =
        job.sum(
            state.step(),
            () -> SharedState.of(state, update.value().sharesMomentum()),
            start -> new ShardLocalSteps(work, update, start, steps),
            timer);
    MasterState next =
        timer.time(Phase.UPDATE, () -> mean(states.sum(), spare.at(state.step() + steps)));
    return new Taken(w, states, next);
  }

  /** Writes the mean over the shards into {@code next}. */
  private static MasterState mean(GradientSum states, MasterState next) {
    int size = next.weights().length;
    mean(states, 0, next.weights());
    if (states.sums().length > size) {
      mean(states, size, next.momentum());
    } else {
      Arrays.fill(next.momentum(), 0);
    }
    return next;
  }

  private static void mean(GradientSum states, int offset, float[] means) {
    float[] sums = states.sums();
    float shards = states.minibatches();
    FixedChunks.forEach(
        0,
        means.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            means[i] = sums[offset + i] / shards;
          }
        });
  }
}
