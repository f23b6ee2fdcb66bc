// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule.Minibatch;
import org.bcgd.data.transform.Preprocessing;
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

  /** The layout of the network's parameters. */
  public ParameterLayout layout() {
    return networks().layout();
  }

  /** The coarse gradient at w of a shard's images in a step, one minibatch after the other. */
  public GradientSum gradient(WeightSnapshot w, ImageShard images, int shard, long step) {
    TrainingBatches source = batches.value();
    Preprocessing preprocessing = execution.value().preprocessing();
    GradientSum sum = gradient(w, source.first(preprocessing, images, step, shard));
    for (Minibatch minibatch : source.others(step, shard)) {
      sum = sum.plus(gradient(w, source.batch(preprocessing, images, minibatch)));
    }
    return sum;
  }

  /** Begins to prepare a shard's images of a step that may come next. */
  public void prepare(ImageShard images, int shard, long step) {
    batches.value().prepare(execution.value().preprocessing(), images, step, shard);
  }

  private GradientSum gradient(WeightSnapshot w, Batch batch) {
    Batch taught = lesson.of(batch);
    return networks().using(network -> network.gradient(w, taught));
  }

  private ExecutorNetworks networks() {
    return ExecutorNetworks.of(execution.value());
  }
}
