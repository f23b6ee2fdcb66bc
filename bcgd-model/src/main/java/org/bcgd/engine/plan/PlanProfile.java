// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.PhaseClock;
import org.bcgd.engine.step.StepProfile;
import org.bcgd.engine.step.Task;

/** Measures the rounds of a plan. */
final class PlanProfile {

  private static final int REPEATS_ALONE = 5;

  private final Crew crew;
  private final List<ThreadPlan> threads;
  private final List<PhaseClock> clocks;
  private final List<Double> steps = new ArrayList<>(); // seconds
  private final List<Map<Phase, Double>> rounds = new ArrayList<>();

  /**
   * @param shared clocks of what is no task of a thread
   */
  PlanProfile(Crew crew, List<ThreadPlan> threads, List<PhaseClock> shared) {
    this.crew = crew;
    this.threads = threads;
    this.clocks = Stream.concat(shared.stream(), threads.stream().map(ThreadPlan::clock)).toList();
    clocks.forEach(PhaseClock::take);
  }

  /** Does a step and takes its times. */
  void round(Runnable gradient) {
    long start = System.nanoTime();
    gradient.run();
    steps.add((System.nanoTime() - start) / 1e9);
    Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
    for (PhaseClock clock : clocks) {
      clock.take().forEach((phase, time) -> seconds.merge(phase, time / crew.size(), Double::sum));
    }
    rounds.add(seconds);
  }

  StepProfile result() {
    Map<Phase, Double> medians = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      medians.put(phase, median(rounds.stream().mapToDouble(round -> round.get(phase))));
    }
    double step = median(steps.stream().mapToDouble(Double::doubleValue));
    return new StepProfile(step, medians, secondsAlone(), bytes());
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private Map<Phase, Double> secondsAlone() {
    Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
    List<Task> tasks = threads.get(0).tasks();
    for (int i = 0; i < tasks.size(); i++) {
      if (tasks.get(i).phase().isConvolution()) {
        seconds.merge(tasks.get(i).phase(), secondsAlone(i), Double::sum);
      }
    }
    return seconds;
  }

  /** The best of some repeats, which have the tensors in the cache as far as they fit. */
  private double secondsAlone(int task) {
    double[] best = new double[crew.size()];
    crew.all(
        thread -> {
          best[thread] = Double.MAX_VALUE;
          for (int i = 0; i < REPEATS_ALONE; i++) {
            long start = System.nanoTime();
            threads.get(thread).tasks().get(task).work().accept(null);
            best[thread] = Math.min(best[thread], (System.nanoTime() - start) / 1e9);
          }
        });
    return DoubleStream.of(best).average().orElseThrow();
  }

  private Map<Phase, Long> bytes() {
    return threads.stream()
        .flatMap(thread -> thread.tasks().stream())
        .collect(Collectors.groupingBy(Task::phase, Collectors.summingLong(Task::bytes)));
  }
}
