// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PhaseTimerTest {

  @Test
  void timesOfAPhaseAddUp() {
    AtomicLong clock = new AtomicLong();
    PhaseTimer timer = new PhaseTimer(clock::get);

    assertThat(timer.time(Phase.COMPUTE, () -> clock.addAndGet(2_000_000_000))).isPositive();
    timer.time(Phase.UPDATE, () -> clock.addAndGet(500_000_000));
    timer.time(Phase.COMPUTE, () -> clock.addAndGet(1_000_000_000));

    assertThat(timer.seconds()).isEqualTo(Map.of(Phase.COMPUTE, 3.0, Phase.UPDATE, 0.5));
  }

  @Test
  void whatTheOutcomeTellsOfItselfIsTakenFromTheRest() {
    AtomicLong clock = new AtomicLong();
    PhaseTimer timer = new PhaseTimer(clock::get);

    timer.time(
        Phase.GATHER,
        seconds -> Map.of(Phase.COMPUTE, seconds),
        () -> clock.addAndGet(2_000_000_000) / 4e9);

    assertThat(timer.seconds()).isEqualTo(Map.of(Phase.GATHER, 1.5, Phase.COMPUTE, 0.5));
  }
}
