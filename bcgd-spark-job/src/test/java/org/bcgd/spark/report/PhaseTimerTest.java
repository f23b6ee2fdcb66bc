// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PhaseTimerTest {

  @Test
  void timesOfAPhaseAddUp() {
    AtomicLong clock = new AtomicLong();
    PhaseTimer timer = new PhaseTimer(clock::get);

    assertThat(timer.time(Phase.GRADIENT, () -> clock.addAndGet(2_000_000_000))).isPositive();
    timer.time(Phase.UPDATE, () -> clock.addAndGet(500_000_000));
    timer.time(Phase.GRADIENT, () -> clock.addAndGet(1_000_000_000));

    assertThat(timer.seconds()).isEqualTo(Map.of(Phase.GRADIENT, 3.0, Phase.UPDATE, 0.5));
  }
}
