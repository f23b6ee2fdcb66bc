// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule.Minibatch;
import org.bcgd.network.ResolutionStart;
import org.bcgd.network.dl4j.Deeplearning4jNetwork;
import org.bcgd.parameters.PackedSnapshot;

/**
 * The task that starts the resolutions: shard 0 takes its first minibatch through the network, the
 * other shards do nothing.
 */
public final class ResolutionCalibration
    implements Function2<Integer, Iterator<ImageShard>, Iterator<Map<String, Float>>> {

  private static final long serialVersionUID = 1;

  private final Broadcast<NetworkExecution> execution;
  private final PackedSnapshot weights;
  private final Broadcast<TrainingBatches> batches;
  private final ResolutionStart start;

  public ResolutionCalibration(
      Broadcast<NetworkExecution> execution,
      PackedSnapshot weights,
      Broadcast<TrainingBatches> batches,
      ResolutionStart start) {
    this.execution = execution;
    this.weights = weights;
    this.batches = batches;
    this.start = start;
  }

  @Override
  public Iterator<Map<String, Float>> call(Integer shard, Iterator<ImageShard> images) {
    if (shard != 0) {
      return List.<Map<String, Float>>of().iterator();
    }
    NetworkExecution value = execution.value();
    Minibatch first = batches.value().minibatches(0, shard).get(0);
    Batch batch = batches.value().batch(value.preprocessing(), images.next(), first);
    try (Deeplearning4jNetwork network =
        new Deeplearning4jNetwork(value.network(), value.threads())) {
      return List.of(
              network.startResolutions(weights.unpack(value.network().layout()), batch, start))
          .iterator();
    }
  }
}
