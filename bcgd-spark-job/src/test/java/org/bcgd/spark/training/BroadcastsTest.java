// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.descent.MasterState;
import org.bcgd.spark.HeldBroadcasts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step gives back what it broadcast by itself. */
class BroadcastsTest {

  private static final int STEPS = 5; // of one stage each

  @TempDir Path directory;

  @Test
  void nothingThatAStepBroadcastsStays() {
    staysAsItWas(tiny -> tiny.gradientStep());
  }

  @Test
  void nothingThatARoundOfLocalStepsBroadcastsStays() {
    staysAsItWas(tiny -> tiny.localSteps(2));
  }

  private void staysAsItWas(Function<TinyWork, Step> kind) {
    try (JavaSparkContext spark = HeldBroadcasts.sparkWithoutCleaner()) {
      TinyWork tiny =
          new TinyWork(
              spark, TinyRun.in(directory.resolve("run"), "aggregation.reduction=flat").settings());
      Step step = kind.apply(tiny);
      MasterState state = tiny.start();
      int expected = HeldBroadcasts.numbers().size() + STEPS;
      for (int i = 0; i < STEPS; i++) {
        state = TinyWork.after(step, state);
      }
      assertThat(HeldBroadcasts.onceAtMost(expected)).hasSize(expected);
    }
  }
}
