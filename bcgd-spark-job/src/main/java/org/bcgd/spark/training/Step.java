// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import org.bcgd.descent.MasterState;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.aggregation.ReducedGradient;
import org.bcgd.spark.report.metrics.PhaseTimer;

/** What brings the float weights forward, between one broadcast and the next. */
public sealed interface Step permits GradientStep, LocalSteps {

  /**
   * Goes on from a state.
   *
   * @param spare a state that is needed no more, whose arrays the new one takes over
   * @param timer of the phases
   */
  Taken from(MasterState state, MasterState spare, PhaseTimer timer);

  /**
   * What was done.
   *
   * @param w the point at which it began
   * @param reduced the sum of all shards, with their loss and hits
   * @param next state
   */
  record Taken(WeightSnapshot w, ReducedGradient reduced, MasterState next) {

    GradientSum sum() {
      return reduced.sum();
    }
  }
}
