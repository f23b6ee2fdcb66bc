// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.BiFunction;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShard;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;

/**
 * The task of a training step: g_p, the coarse gradient at w, summed over shard p's minibatches of
 * the step. A pure function of (w, shard, step, seed), so that a retry or a speculative copy gives
 * the same bits.
 */
public final class ShardGradient
    implements BiFunction<Integer, Iterator<ImageShard>, GradientSum>, Serializable {

  private static final long serialVersionUID = 1;

  private final ShardWork work;
  private final Broadcast<PackedSnapshot> weights;
  private final long step;

  public ShardGradient(ShardWork work, Broadcast<PackedSnapshot> weights, long step) {
    this.work = work;
    this.weights = weights;
    this.step = step;
  }

  @Override
  public GradientSum apply(Integer shard, Iterator<ImageShard> images) {
    WeightSnapshot w = weights.value().unpack(work.layout());
    ImageShard own = images.next();
    GradientSum g = work.gradient(w, own, shard, step);
    work.prepare(own, shard, step + 1);
    return g;
  }
}
