// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.aggregation.ReducedGradient;
import org.bcgd.spark.executor.ShardGradient;
import org.bcgd.spark.executor.ShardWork;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.PhaseTimer;

/**
 * One step of blended coarse gradient descent, shared by all shards.
 *
 * <pre>
 *   w   = Q(w_f)                        driver: nearest point of the low-bit set
 *   g   = Σ_p g_p(w, α)                 executors: coarse gradients on their shards' minibatches
 *   w_f = (1 − ρ)·w_f + ρ·w − η·v(g)    driver: the blended update, and the rules of α and the rest
 * </pre>
 *
 * @param descent the update
 * @param job of a step
 * @param work of a shard
 */
public record GradientStep(BlendedCoarseGradientDescent descent, ShardJob job, ShardWork work)
    implements Step {

  @Override
  public Taken from(MasterState state, MasterState spare, PhaseTimer timer) {
    WeightSnapshot w = timer.time(Phase.PROJECT, () -> descent.gradientPoint(state));
    ReducedGradient g = gradient(w, state.step(), timer);
    MasterState next = timer.time(Phase.UPDATE, () -> descent.step(state, w, g.sum(), spare));
    return new Taken(w, g, next);
  }

  private ReducedGradient gradient(WeightSnapshot w, long step, PhaseTimer timer) {
    return job.sum(
        step, () -> PackedSnapshot.of(w), weights -> new ShardGradient(work, weights, step), timer);
  }
}
