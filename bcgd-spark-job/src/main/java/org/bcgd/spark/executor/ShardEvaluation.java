// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShard;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;

/** The task of an evaluation: what the network at w makes of every image of a shard. */
public final class ShardEvaluation implements FlatMapFunction<Iterator<ImageShard>, Evaluation> {

  private static final long serialVersionUID = 1;

  private final Broadcast<NetworkExecution> execution;
  private final Broadcast<PackedSnapshot> weights;
  private final int batchSize;

  public ShardEvaluation(
      Broadcast<NetworkExecution> execution, Broadcast<PackedSnapshot> weights, int batchSize) {
    this.execution = execution;
    this.weights = weights;
    this.batchSize = batchSize;
  }

  @Override
  public Iterator<Evaluation> call(Iterator<ImageShard> images) {
    ImageShard shard = images.next();
    ExecutorNetworks networks = ExecutorNetworks.of(execution.value());
    WeightSnapshot w = weights.value().unpack(networks.layout());
    Evaluation whole =
        Evaluation.ofShard(
            shard,
            execution.value().preprocessing(),
            batchSize,
            batch -> networks.using(network -> network.classify(w, batch)));
    return List.of(whole).iterator();
  }
}
