// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.bcgd.network.CoarseGradientNetwork;
import org.bcgd.parameters.ParameterLayout;

/**
 * The executable networks of one definition in this JVM: as many as tasks have run at one time. The
 * two definitions used last are kept, since a run may have a teacher. The only state that outlives
 * a task; no result depends on it, because a network is a pure function of what it is given.
 */
final class ExecutorNetworks {

  private static final int DEFINITIONS = 2; // the network that is trained, and its teacher
  private static final Deque<ExecutorNetworks> CURRENT = new ArrayDeque<>(); // last used first

  private final NetworkExecution execution;
  private final Deque<CoarseGradientNetwork> idle = new ArrayDeque<>();
  private boolean retired;

  private ExecutorNetworks(NetworkExecution execution) {
    this.execution = execution;
  }

  /** The networks of this definition; those of the one that was used longest ago are given up. */
  static synchronized ExecutorNetworks of(NetworkExecution execution) {
    ExecutorNetworks networks =
        CURRENT.stream()
            .filter(held -> held.execution.computesLike(execution))
            .findFirst()
            .orElseGet(() -> new ExecutorNetworks(execution));
    CURRENT.remove(networks);
    CURRENT.push(networks);
    while (CURRENT.size() > DEFINITIONS) {
      CURRENT.removeLast().retire();
    }
    return networks;
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
