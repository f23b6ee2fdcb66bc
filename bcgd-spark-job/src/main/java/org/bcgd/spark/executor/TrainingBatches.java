// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import java.util.List;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.data.MinibatchSchedule.Minibatch;
import org.bcgd.data.transform.Preprocessing;

/**
 * The images of each step and shard, decoded and augmented: a pure function of (seed, epoch, step,
 * shard). Broadcast once for a run.
 */
public final class TrainingBatches implements Serializable {

  private static final long serialVersionUID = 1;

  private final Serialized<MinibatchSchedule> schedule;
  private final int minibatches;

  /**
   * @param minibatches into which a shard's part of a batch is cut
   */
  public TrainingBatches(MinibatchSchedule schedule, int minibatches) {
    this.schedule = new Serialized<>(schedule);
    this.minibatches = minibatches;
  }

  /** The minibatches of a shard in a step. */
  List<Minibatch> minibatches(long step, int shard) {
    return schedule.value().minibatch(step, shard).parts(minibatches);
  }

  /** The images of a minibatch as a network takes them. */
  Batch batch(Preprocessing preprocessing, ImageShard images, Minibatch minibatch) {
    return preprocessing.training(images, minibatch.indices(), minibatch.key());
  }
}
