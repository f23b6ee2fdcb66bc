// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Adds up the seconds of each phase. For one thread. */
public final class PhaseTimer {

  private final LongSupplier nanoseconds;
  private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);

  /**
   * A timer that starts from zero.
   *
   * @param nanoseconds the clock, such as {@code System::nanoTime}
   */
  public PhaseTimer(LongSupplier nanoseconds) {
    this.nanoseconds = nanoseconds;
  }

  /** Does the work, adds its time to the phase, and returns its outcome. */
  public <T> T time(Phase phase, Supplier<T> work) {
    long start = nanoseconds.getAsLong();
    T outcome = work.get();
    seconds.merge(phase, (nanoseconds.getAsLong() - start) / 1e9, Double::sum);
    return outcome;
  }

  /**
   * Does the work and adds its time to the phases: what the outcome tells of its parts, and what is
   * left of its time to {@code rest}.
   */
  public <T> T time(Phase rest, Function<T, Map<Phase, Double>> parts, Supplier<T> work) {
    long start = nanoseconds.getAsLong();
    T outcome = work.get();
    double left = (nanoseconds.getAsLong() - start) / 1e9;
    for (Map.Entry<Phase, Double> part : parts.apply(outcome).entrySet()) {
      seconds.merge(part.getKey(), part.getValue(), Double::sum);
      left -= part.getValue();
    }
    seconds.merge(rest, Math.max(0, left), Double::sum);
    return outcome;
  }

  /** Seconds of each phase that has taken any so far. */
  public Map<Phase, Double> seconds() {
    return Map.copyOf(seconds);
  }
}
