// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.failure.DivergenceException;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.aggregation.GradientReduction;
import org.bcgd.spark.aggregation.ReducedGradient;
import org.bcgd.spark.aggregation.ShardFigures;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.executor.ShardGradient;
import org.bcgd.spark.report.Phase;
import org.bcgd.spark.report.PhaseTimer;

/**
 * The Spark job of a step: broadcast the packed weights, one task a shard, sum in shard order.
 *
 * <pre>
 *   g = Σ_p g_p      p = 0, 1, …, P − 1, in float32, whichever task ended first
 * </pre>
 */
final class GradientJob {

  private final JavaSparkContext spark;
  private final Broadcast<NetworkExecution> execution;
  private final JavaRDD<ImageShard> shards;
  private final MinibatchSchedule schedule;
  private final GradientReduction reduction;

  GradientJob(
      JavaSparkContext spark,
      Broadcast<NetworkExecution> execution,
      JavaRDD<ImageShard> shards,
      MinibatchSchedule schedule,
      GradientReduction reduction) {
    this.spark = spark;
    this.execution = execution;
    this.shards = shards;
    this.schedule = schedule;
    this.reduction = reduction;
  }

  /**
   * The coarse gradient at w on the minibatches of a step.
   *
   * @throws DivergenceException if a shard's loss or gradient is not finite; it names step and
   *     shard
   */
  GradientSum at(WeightSnapshot w, long step, PhaseTimer timer) {
    Broadcast<PackedSnapshot> weights =
        timer.time(Phase.BROADCAST, () -> spark.broadcast(PackedSnapshot.of(w)));
    try {
      spark.setJobDescription("step " + step);
      JavaRDD<GradientSum> gradients =
          shards.mapPartitionsWithIndex(
              new ShardGradient(execution, weights, schedule, step), true);
      ReducedGradient reduced = timer.time(Phase.GRADIENT, () -> reduction.reduce(gradients));
      requireFinite(reduced, step);
      return reduced.sum();
    } finally {
      weights.destroy();
    }
  }

  private void requireFinite(ReducedGradient gradient, long step) {
    for (ShardFigures shard : gradient.shards()) {
      if (!shard.isFinite()) {
        throw diverged(
            step,
            "the loss or gradient of shard %d is not a finite number (mean loss %s)"
                .formatted(shard.shard(), shard.meanLoss()));
      }
    }
    if (!gradient.sum().isFinite()) {
      throw diverged(step, "the sum of the shards' gradients is not a finite number");
    }
  }

  private DivergenceException diverged(long step, String what) {
    return new DivergenceException(
        "The training diverged: in step %d (epoch %d) %s. Lower training.learning-rate.initial, or"
                .formatted(step, schedule.epochOf(step), what)
            + " look at that shard's images. The last checkpoint is kept.");
  }
}
