// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule.Minibatch;
import org.bcgd.network.dl4j.Deeplearning4jNetwork;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;

/**
 * The task that starts parameters from data: shard 0 takes its first minibatch through the network,
 * the other shards do nothing.
 */
public final class FirstMinibatch<T>
    implements Function2<Integer, Iterator<ImageShard>, Iterator<T>> {

  private static final long serialVersionUID = 1;

  private final Broadcast<NetworkExecution> execution;
  private final Broadcast<PackedSnapshot> weights;
  private final Broadcast<TrainingBatches> batches;
  private final Reading<T> reading;

  /** What is read off the network as the images pass through it. */
  @FunctionalInterface
  public interface Reading<T> extends Serializable {
    T of(Deeplearning4jNetwork network, WeightSnapshot weights, Batch images);
  }

  public FirstMinibatch(
      Broadcast<NetworkExecution> execution,
      Broadcast<PackedSnapshot> weights,
      Broadcast<TrainingBatches> batches,
      Reading<T> reading) {
    this.execution = execution;
    this.weights = weights;
    this.batches = batches;
    this.reading = reading;
  }

  @Override
  public Iterator<T> call(Integer shard, Iterator<ImageShard> images) {
    if (shard != 0) {
      return List.<T>of().iterator();
    }
    NetworkExecution value = execution.value();
    Minibatch first = batches.value().minibatches(0, shard).get(0);
    Batch batch = batches.value().batch(value.preprocessing(), images.next(), first);
    try (Deeplearning4jNetwork network =
        new Deeplearning4jNetwork(value.network(), value.threads())) {
      WeightSnapshot w = weights.value().unpack(value.network().layout());
      return List.of(reading.of(network, w, batch)).iterator();
    }
  }
}
