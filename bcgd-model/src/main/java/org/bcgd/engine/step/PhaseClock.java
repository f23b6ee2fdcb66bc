// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.step;

import java.util.EnumMap;
import java.util.Map;

/** Adds up where the time of one thread goes. */
public final class PhaseClock {

  private final long[] nanoseconds = new long[Phase.values().length];

  /** Does the tasks in order, each timed. */
  public void run(Iterable<Task> tasks, Step step) {
    long start = System.nanoTime();
    for (Task task : tasks) {
      task.work().accept(step);
      long end = System.nanoTime();
      nanoseconds[task.phase().ordinal()] += end - start;
      start = end;
    }
  }

  /** Times work that is no task. */
  public void run(Phase phase, Runnable work) {
    long start = System.nanoTime();
    work.run();
    nanoseconds[phase.ordinal()] += System.nanoTime() - start;
  }

  /** Seconds since the last call of this. */
  public Map<Phase, Double> take() {
    Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      seconds.put(phase, nanoseconds[phase.ordinal()] / 1e9);
      nanoseconds[phase.ordinal()] = 0;
    }
    return seconds;
  }
}
