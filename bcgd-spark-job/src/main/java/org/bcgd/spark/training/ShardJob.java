// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.Iterator;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShard;
import org.bcgd.failure.DivergenceException;
import org.bcgd.parameters.GradientSum;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.aggregation.GradientReduction;
import org.bcgd.spark.aggregation.ReducedGradient;
import org.bcgd.spark.aggregation.ShardFigures;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.PhaseTimer;

/**
 * The Spark job of a step: broadcast what all tasks need, one task a shard, sum in shard order.
 *
 * <pre>
 *   g = Σ_p g_p      p = 0, 1, …, P − 1, in float32, whichever task ended first
 * </pre>
 */
public final class ShardJob {

  /** Sets what is drawn on the way up apart from what else the seed draws by step. */
  private static final long UPLINK = 0x55504C494E4BL;

  private final JavaSparkContext spark;
  private final JavaRDD<ImageShard> shards;
  private final GradientReduction reduction;
  private final RandomKey key;
  private final int stepsPerEpoch;

  /**
   * @param seed of the run
   */
  public ShardJob(
      JavaSparkContext spark,
      JavaRDD<ImageShard> shards,
      GradientReduction reduction,
      RandomKey seed,
      int stepsPerEpoch) {
    this.spark = spark;
    this.shards = shards;
    this.reduction = reduction;
    this.key = seed.with(UPLINK);
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /**
   * What the shards add up to.
   *
   * @param step number of the (first) step
   * @param sent makes what every task needs
   * @param task of a shard, given what was sent
   * @throws DivergenceException if what a shard gives is not finite; it names step and shard
   */
  <T> ReducedGradient sum(
      long step,
      Supplier<T> sent,
      Function<Broadcast<T>, BiFunction<Integer, Iterator<ImageShard>, GradientSum>> task,
      PhaseTimer timer) {
    Broadcast<T> broadcast = timer.time(Phase.BROADCAST, () -> spark.broadcast(sent.get()));
    try {
      spark.setJobDescription("step " + step);
      ReducedGradient reduced =
          timer.time(
              Phase.GATHER,
              ShardJob::seconds,
              () -> reduction.reduce(shards, task.apply(broadcast), key.with(step)));
      requireFinite(reduced, step);
      return reduced;
    } finally {
      broadcast.destroy();
    }
  }

  private static Map<Phase, Double> seconds(ReducedGradient reduced) {
    return Map.of(Phase.COMPUTE, reduced.computeSeconds(), Phase.SHUFFLE, reduced.shuffleSeconds());
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
                .formatted(step, step / stepsPerEpoch, what)
            + " look at that shard's images. The last checkpoint is kept.");
  }
}
