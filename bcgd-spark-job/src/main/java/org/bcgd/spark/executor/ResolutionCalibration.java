// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule;
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
  private final MinibatchSchedule schedule;
  private final ResolutionStart start;

  public ResolutionCalibration(
      Broadcast<NetworkExecution> execution,
      PackedSnapshot weights,
      MinibatchSchedule schedule,
      ResolutionStart start) {
    this.execution = execution;
    this.weights = weights;
    this.schedule = schedule;
    this.start = start;
  }

  @Override
  public Iterator<Map<String, Float>> call(Integer shard, Iterator<ImageShard> images) {
    if (shard != 0) {
      return List.<Map<String, Float>>of().iterator();
    }
    NetworkExecution value = execution.value();
    Minibatch first = schedule.minibatch(0, shard);
    Batch batch = value.preprocessing().training(images.next(), first.indices(), first.key());
    try (Deeplearning4jNetwork network =
        new Deeplearning4jNetwork(value.network(), value.threads())) {
      return List.of(
              network.startResolutions(weights.unpack(value.network().layout()), batch, start))
          .iterator();
    }
  }
}
