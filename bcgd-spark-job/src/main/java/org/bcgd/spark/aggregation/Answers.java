// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.FutureAction;
import scala.runtime.BoxedUnit;

/** The gradients of the shards that have answered, until there are enough. */
final class Answers {

  private static final long POLL_MILLISECONDS = 20;

  private final int quorum;
  private final long grace; // nanoseconds
  private final List<GradientSlice> arrived = new ArrayList<>();
  private long quorumReached;

  Answers(int quorum, Duration grace) {
    this.quorum = quorum;
    this.grace = grace.toNanos();
  }

  /** Takes the answer of a shard. */
  synchronized BoxedUnit add(Object shard, GradientSlice answer) {
    arrived.add(answer);
    if (arrived.size() == quorum) {
      quorumReached = System.nanoTime();
    }
    notifyAll();
    return BoxedUnit.UNIT;
  }

  /**
   * Waits for the job, or for the quorum and its time of grace; then the rest of the job is given
   * up.
   *
   * @throws IllegalStateException if the job fails before there are enough
   */
  synchronized List<GradientSlice> await(FutureAction<BoxedUnit> job) {
    while (!job.isCompleted() && !isEnough()) {
      try {
        TimeUnit.MILLISECONDS.timedWait(this, POLL_MILLISECONDS);
      } catch (InterruptedException e) {
        job.cancel();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the step was interrupted", e);
      }
    }
    if (job.isCompleted() && job.value().get().isFailure()) {
      throw new IllegalStateException("a step failed", job.value().get().failed().get());
    }
    if (!job.isCompleted()) {
      job.cancel();
    }
    return List.copyOf(arrived);
  }

  private boolean isEnough() {
    return arrived.size() >= quorum && System.nanoTime() - quorumReached >= grace;
  }
}
