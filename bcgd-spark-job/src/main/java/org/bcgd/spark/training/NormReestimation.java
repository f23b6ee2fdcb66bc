// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.executor.ShardGradient;
import org.bcgd.spark.executor.ShardWork;
import org.bcgd.spark.report.metrics.PhaseTimer;

/**
 * The end of a training: the running statistics become those of the weights that are deployed.
 * While the signs of weights change, the statistics of the last steps are those of other weights.
 *
 * <pre>
 *   s = (1/k) Σᵢ (mean or variance of batch i at Q(w_f))      i: the k batches that would come next
 * </pre>
 *
 * @param descent gives Q(w_f)
 * @param job of a batch
 * @param work of a shard
 * @param batches k; 0 leaves the statistics as they are
 */
public record NormReestimation(
    BlendedCoarseGradientDescent descent, ShardJob job, ShardWork work, int batches) {

  /** The state with statistics of its quantized weights. */
  MasterState of(MasterState state) {
    WeightSnapshot w = descent.quantize(state);
    MasterState closed = state;
    for (int i = 0; i < batches; i++) {
      closed = descent.follow(closed, sum(w, state.step() + i), (float) i / (i + 1));
    }
    return closed;
  }

  private GradientSum sum(WeightSnapshot w, long step) {
    return job.sum(
            step,
            () -> PackedSnapshot.of(w),
            weights -> new ShardGradient(work, weights, step),
            new PhaseTimer(System::nanoTime))
        .sum();
  }
}
