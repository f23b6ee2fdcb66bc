// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.evaluation.EvaluationJob;
import org.bcgd.spark.progress.RunLength;
import org.bcgd.spark.report.Phase;
import org.bcgd.spark.report.PhaseTimer;

/**
 * Blended coarse gradient descent on Spark.
 *
 * <pre>
 *   w   = Q(w_f)                        driver: nearest point of the low-bit set
 *   g   = Σ_p g_p(w, α)                 executors: coarse gradients on their shards' minibatches
 *   w_f = (1 − ρ)·w_f + ρ·w − η·v(g)    driver: the blended update, and the rules of α and the rest
 * </pre>
 */
final class TrainingLoop {

  private final BlendedCoarseGradientDescent descent;
  private final GradientJob gradients;
  private final EvaluationJob evaluation;
  private final Checkpoints checkpoints;
  private final TrainingLog log;
  private final RunLength length;
  private final int evaluationEveryEpochs;

  TrainingLoop(
      BlendedCoarseGradientDescent descent,
      GradientJob gradients,
      EvaluationJob evaluation,
      Checkpoints checkpoints,
      TrainingLog log,
      RunLength length,
      int evaluationEveryEpochs) {
    this.descent = descent;
    this.gradients = gradients;
    this.evaluation = evaluation;
    this.checkpoints = checkpoints;
    this.log = log;
    this.length = length;
    this.evaluationEveryEpochs = evaluationEveryEpochs;
  }

  /** Trains from a state to the end of the run and returns the last state. */
  MasterState run(MasterState start) {
    MasterState state = start;
    MasterState spare = MasterState.blank(start.weights().length);
    while (state.step() < length.steps()) {
      MasterState next = step(state, spare);
      spare = state;
      state = next;
      if (state.step() % length.stepsPerEpoch() == 0) {
        finishEpoch(state);
      } else if (checkpoints.isDue(state)) {
        checkpoints.save(state);
      }
    }
    return state;
  }

  private MasterState step(MasterState state, MasterState spare) {
    PhaseTimer timer = new PhaseTimer(System::nanoTime);
    WeightSnapshot w = timer.time(Phase.PROJECT, () -> descent.gradientPoint(state));
    GradientSum g = gradients.at(w, state.step(), timer);
    MasterState next = timer.time(Phase.UPDATE, () -> descent.step(state, w, g, spare));
    log.step(state, w, g, timer);
    return next;
  }

  private void finishEpoch(MasterState state) {
    log.epoch(state);
    long epoch = state.step() / length.stepsPerEpoch();
    if (epoch % evaluationEveryEpochs == 0 || state.step() == length.steps()) {
      log.evaluation(state, () -> evaluation.of(descent.quantize(state)));
    }
    checkpoints.save(state);
  }
}
