// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule.Minibatch;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.WeightSnapshot;

/**
 * What every training task does: take a shard's minibatches of a step through the network.
 *
 * @param execution of the network
 * @param batches of the run
 * @param lesson to be learnt of them
 */
public record ShardWork(
    Broadcast<NetworkExecution> execution, Broadcast<TrainingBatches> batches, Lesson lesson)
    implements Serializable {

  ParameterLayout layout() {
    return networks().layout();
  }

  /** The coarse gradient at w of a shard's images in a step, one minibatch after the other. */
  GradientSum gradient(WeightSnapshot w, ImageShard images, int shard, long step) {
    TrainingBatches source = batches.value();
    GradientSum sum = null;
    for (Minibatch minibatch : source.minibatches(step, shard)) {
      Batch batch = lesson.of(source.batch(execution.value().preprocessing(), images, minibatch));
      GradientSum g = networks().using(network -> network.gradient(w, batch));
      sum = sum == null ? g : sum.plus(g);
    }
    return sum;
  }

  private ExecutorNetworks networks() {
    return ExecutorNetworks.of(execution.value());
  }
}
