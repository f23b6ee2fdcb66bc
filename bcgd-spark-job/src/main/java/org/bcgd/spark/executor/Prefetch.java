// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bcgd.data.Batch;

/**
 * Batches that are prepared before they are asked for, at most one for each shard and so many in
 * all; what is not taken gives way to what is newer. No result depends on it.
 */
final class Prefetch {

  private static final ExecutorService THREADS = threads();

  private final int most;
  private final Map<Integer, Prepared> byShard = new LinkedHashMap<>();

  /** A batch in the making. */
  private record Prepared(long step, Future<Batch> batch) {}

  /**
   * @param most batches that are held at one time
   */
  Prefetch(int most) {
    this.most = most;
  }

  /** Begins to prepare the batch of a step and shard. */
  synchronized void prepare(long step, int shard, Supplier<Batch> work) {
    drop(shard);
    if (byShard.size() == most) {
      drop(byShard.keySet().iterator().next());
    }
    byShard.put(shard, new Prepared(step, THREADS.submit(work::get)));
  }

  /**
   * The batch of a step and shard, if it was prepared; it is waited for where it is in the making.
   * A batch that could not be prepared is as none: its task meets the failure itself, and tells it.
   */
  Optional<Batch> take(long step, int shard) {
    Prepared prepared = remove(shard);
    if (prepared == null || prepared.step != step) {
      return Optional.empty();
    }
    try {
      return Optional.of(prepared.batch.get());
    } catch (ExecutionException | CancellationException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Number of batches that are held or in the making. */
  synchronized int size() {
    return byShard.size();
  }

  private synchronized Prepared remove(int shard) {
    return byShard.remove(shard);
  }

  private void drop(int shard) {
    Prepared old = byShard.remove(shard);
    if (old != null) {
      old.batch.cancel(false);
    }
  }

  /** Threads that end when there has been nothing to do, and never keep a JVM alive. */
  private static ExecutorService threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            processors,
            processors,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "bcgd-prefetch");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
