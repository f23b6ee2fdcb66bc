// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.data.MinibatchSchedule.Minibatch;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.spark.wire.Serialized;

/**
 * The images of each step and shard, decoded and augmented: a pure function of (seed, epoch, step,
 * shard), whether they are prepared ahead or not. Broadcast once for a run.
 */
public final class TrainingBatches implements Serializable {

  private static final long serialVersionUID = 1;

  private final Serialized<MinibatchSchedule> schedule;
  private final int minibatches;
  private final boolean ahead;
  private transient volatile Prefetch prefetch;

  /**
   * @param minibatches into which a shard's part of a batch is cut
   * @param ahead whether the first minibatch of the next step is prepared while the driver works
   */
  public TrainingBatches(MinibatchSchedule schedule, int minibatches, boolean ahead) {
    this.schedule = new Serialized<>(schedule);
    this.minibatches = minibatches;
    this.ahead = ahead;
  }

  /** The minibatches of a shard in a step. */
  List<Minibatch> minibatches(long step, int shard) {
    return schedule.value().minibatch(step, shard).parts(minibatches);
  }

  /** The minibatches of a shard in a step after the first. */
  List<Minibatch> others(long step, int shard) {
    return minibatches == 1 ? List.of() : minibatches(step, shard).subList(1, minibatches);
  }

  /** The images of a minibatch as a network takes them. */
  Batch batch(Preprocessing preprocessing, ImageShard images, Minibatch minibatch) {
    return preprocessing.training(images, minibatch.indices(), minibatch.key());
  }

  /** The images of the first minibatch of a step; those that were prepared ahead, if they were. */
  Batch first(Preprocessing preprocessing, ImageShard images, long step, int shard) {
    Optional<Batch> prepared = ahead ? prefetch().take(step, shard) : Optional.empty();
    return prepared.orElseGet(() -> batch(preprocessing, images, minibatches(step, shard).get(0)));
  }

  /** Begins to prepare the first minibatch of a step, if that is wanted. */
  void prepare(Preprocessing preprocessing, ImageShard images, long step, int shard) {
    if (ahead) {
      prefetch()
          .prepare(
              step, shard, () -> batch(preprocessing, images, minibatches(step, shard).get(0)));
    }
  }

  private synchronized Prefetch prefetch() {
    if (prefetch == null) {
      prefetch = new Prefetch(Runtime.getRuntime().availableProcessors());
    }
    return prefetch;
  }
}
