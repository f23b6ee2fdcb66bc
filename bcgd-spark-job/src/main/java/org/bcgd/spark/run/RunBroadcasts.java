// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** What is broadcast for all of a run, and given back when it ends. */
final class RunBroadcasts implements AutoCloseable {

  private final JavaSparkContext spark;
  private final Deque<Broadcast<?>> made = new ArrayDeque<>();

  RunBroadcasts(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Broadcasts a value. */
  <T> Broadcast<T> of(T value) {
    Broadcast<T> broadcast = spark.broadcast(value);
    made.push(broadcast);
    return broadcast;
  }

  @Override
  public void close() {
    while (!made.isEmpty()) {
      made.pop().destroy();
    }
  }
}
