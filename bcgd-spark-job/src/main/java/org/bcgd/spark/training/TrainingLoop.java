// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.Optional;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.spark.evaluation.EvaluationJob;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.folder.Checkpoints;
import org.bcgd.spark.progress.RunLength;
import org.bcgd.spark.report.metrics.PhaseTimer;

/**
 * Training on Spark: step after step, with a checkpoint when it is due and an evaluation at the end
 * of an epoch. What a step is, {@link GradientStep} says.
 */
public final class TrainingLoop {

  private final Step step;
  private final BlendedCoarseGradientDescent descent;
  private final NormReestimation norms;
  private final Optional<EvaluationJob> evaluation;
  private final Checkpoints checkpoints;
  private final TrainingLog log;
  private final RunLength length;
  private final int evaluationEveryEpochs;

  public TrainingLoop(
      Step step,
      BlendedCoarseGradientDescent descent,
      NormReestimation norms,
      Optional<EvaluationJob> evaluation,
      Checkpoints checkpoints,
      TrainingLog log,
      RunLength length,
      int evaluationEveryEpochs) {
    this.step = step;
    this.descent = descent;
    this.norms = norms;
    this.evaluation = evaluation;
    this.checkpoints = checkpoints;
    this.log = log;
    this.length = length;
    this.evaluationEveryEpochs = evaluationEveryEpochs;
  }

  /**
   * Trains from a state until a number of steps is done, and returns the last state. Every state
   * takes over the arrays of the one before.
   */
  public MasterState run(MasterState start, long steps) {
    MasterState state = start;
    while (state.step() < steps) {
      PhaseTimer timer = new PhaseTimer(System::nanoTime);
      Step.Taken taken = step.from(state, state, timer);
      log.step(state, taken, timer);
      MasterState next = taken.next();
      if (next.step() % length.stepsPerEpoch() == 0) {
        next = finishEpoch(next);
      } else if (checkpoints.isDue(state, next)) {
        save(next);
      }
      state = next;
    }
    return state;
  }

  private MasterState finishEpoch(MasterState trained) {
    log.epoch(trained);
    boolean last = trained.step() == length.steps();
    MasterState state = last ? norms.of(trained) : trained;
    long epoch = state.step() / length.stepsPerEpoch();
    if (epoch % evaluationEveryEpochs == 0 || last) {
      evaluation.ifPresent(job -> judge(job, state));
    }
    save(state);
    return state;
  }

  /** Metrics first: a run that goes on from a checkpoint has them up to there. */
  private void save(MasterState state) {
    log.secure();
    checkpoints.save(state);
  }

  private void judge(EvaluationJob job, MasterState state) {
    Evaluation judged = log.evaluation(state, () -> job.of(descent.quantize(state)));
    checkpoints.judged(state, judged.topOne());
  }
}
