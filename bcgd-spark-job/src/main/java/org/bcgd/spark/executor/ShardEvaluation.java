// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
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
    List<Evaluation> batches = new ArrayList<>();
    for (int from = 0; from < shard.size(); from += batchSize) {
      int to = Math.min(from + batchSize, shard.size());
      Batch batch = execution.value().preprocessing().evaluation(shard, from, to);
      float[] probabilities = networks.using(network -> network.classify(w, batch));
      batches.add(Evaluation.of(probabilities, batch.labels()));
    }
    return List.of(Evaluation.sum(batches)).iterator();
  }
}
