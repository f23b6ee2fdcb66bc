// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.bcgd.network.CoarseGradientNetwork;
import org.bcgd.parameters.ParameterLayout;

/**
 * The executable networks of this JVM: as many as tasks have run at one time, all of one
 * definition. The only state that outlives a task; no result depends on it, because a network is a
 * pure function of what it is given.
 */
final class ExecutorNetworks {

  private static ExecutorNetworks current;

  private final NetworkExecution execution;
  private final Deque<CoarseGradientNetwork> idle = new ArrayDeque<>();
  private boolean retired;

  private ExecutorNetworks(NetworkExecution execution) {
    this.execution = execution;
  }

  /** The networks of this definition; those of another one are given up. */
  static synchronized ExecutorNetworks of(NetworkExecution execution) {
    if (current == null || !current.execution.computesLike(execution)) {
      if (current != null) {
        current.retire();
      }
      current = new ExecutorNetworks(execution);
    }
    return current;
  }

  ParameterLayout layout() {
    return execution.network().layout();
  }

  /** Lends a network to {@code use}; no other thread has it at the same time. */
  <T> T using(Function<CoarseGradientNetwork, T> use) {
    CoarseGradientNetwork network = take();
    try {
      return use.apply(network);
    } finally {
      giveBack(network);
    }
  }

  private synchronized CoarseGradientNetwork take() {
    return idle.isEmpty() ? execution.create() : idle.pop();
  }

  private synchronized void giveBack(CoarseGradientNetwork network) {
    if (retired) {
      network.close();
    } else {
      idle.push(network);
    }
  }

  private synchronized void retire() {
    retired = true;
    idle.forEach(CoarseGradientNetwork::close);
    idle.clear();
  }
}
