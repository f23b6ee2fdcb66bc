// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.data.MinibatchSchedule.Minibatch;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;

/**
 * The task of a training step: g_p, the coarse gradient at w on shard p's minibatch. A pure
 * function of (w, shard, step, seed), so that a retry or a speculative copy gives the same bits.
 */
public final class ShardGradient
    implements Function2<Integer, Iterator<ImageShard>, Iterator<GradientSum>> {

  private static final long serialVersionUID = 1;

  private final Broadcast<NetworkExecution> execution;
  private final Broadcast<PackedSnapshot> weights;
  private final MinibatchSchedule schedule;
  private final long step;

  public ShardGradient(
      Broadcast<NetworkExecution> execution,
      Broadcast<PackedSnapshot> weights,
      MinibatchSchedule schedule,
      long step) {
    this.execution = execution;
    this.weights = weights;
    this.schedule = schedule;
    this.step = step;
  }

  @Override
  public Iterator<GradientSum> call(Integer shard, Iterator<ImageShard> images) {
    Minibatch minibatch = schedule.minibatch(step, shard);
    Batch batch =
        execution
            .value()
            .preprocessing()
            .training(images.next(), minibatch.indices(), minibatch.key());
    ExecutorNetworks networks = ExecutorNetworks.of(execution.value());
    WeightSnapshot w = weights.value().unpack(networks.layout());
    GradientSum g = networks.using(network -> network.gradient(w, batch));
    return List.of(g).iterator();
  }
}
