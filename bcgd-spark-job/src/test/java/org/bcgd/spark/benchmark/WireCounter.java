// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.benchmark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockUpdatedInfo;

/**
 * The bytes that Spark itself says it moved: pieces of broadcasts that reached executors, results
 * of tasks, and shuffle blocks.
 */
final class WireCounter extends SparkListener {

  private final Map<String, Long> pieces = new HashMap<>(); // executor and block: bytes
  private long results;
  private long shuffled;
  private int tasks;
  private int jobs;

  @Override
  public synchronized void onBlockUpdated(SparkListenerBlockUpdated event) {
    BlockUpdatedInfo block = event.blockUpdatedInfo();
    boolean arrived = block.memSize() + block.diskSize() > 0;
    if (arrived
        && block.blockId().name().matches("broadcast_\\d+_piece\\d+")
        && !block.blockManagerId().isDriver()) {
      pieces.put(
          block.blockManagerId() + " " + block.blockId().name(),
          block.memSize() + block.diskSize());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    TaskMetrics metrics = event.taskMetrics();
    results += metrics.resultSize();
    shuffled += metrics.shuffleReadMetrics().totalBytesRead();
    tasks++;
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd event) {
    jobs++;
    notifyAll();
  }

  /**
   * What was counted when so many jobs had ended. Events come with a delay, but in their order: the
   * end of a job after those of its tasks, and these after the pieces that they fetched.
   */
  synchronized Bytes bytesOf(int ended) throws InterruptedException {
    while (jobs < ended) {
      wait();
    }
    long down = pieces.values().stream().mapToLong(Long::longValue).sum();
    return new Bytes(down, results, shuffled, tasks);
  }

  /**
   * Bytes of some steps.
   *
   * @param down of broadcasts to all executors, those of Spark's own tasks included
   * @param up results of tasks to the driver
   * @param shuffled between executors, local blocks included
   * @param tasks that ended
   */
  record Bytes(long down, long up, long shuffled, int tasks) {
    Bytes minus(Bytes before) {
      return new Bytes(
          down - before.down, up - before.up, shuffled - before.shuffled, tasks - before.tasks);
    }
  }
}
