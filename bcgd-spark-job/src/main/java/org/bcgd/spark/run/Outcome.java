// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.util.Optional;
import org.bcgd.failure.UserErrorException;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.report.BestCheckpoint;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.metrics.EvaluationFigures;
import org.bcgd.spark.report.metrics.StepTimes;
import org.bcgd.spark.settings.Settings;

/**
 * How a run ended, as its result tells it.
 *
 * @param settings of the run
 * @param network its name
 * @param version of this software
 */
record Outcome(Settings settings, String network, String version) {

  private static final int UNEXPECTED = 1;

  /** What a completed training left. */
  record Trained(
      long step,
      WeightSnapshot weights,
      Optional<EvaluationFigures> figures,
      Optional<StepTimes> times) {}

  Result completed(Trained trained, Optional<BestCheckpoint> best, double seconds) {
    return new Result(
        Result.Status.COMPLETED,
        0,
        trained.figures(),
        trained.step(),
        seconds,
        network,
        settings.dataset().title(),
        best,
        trained.times(),
        Optional.of(PackedSnapshot.of(trained.weights()).digest()),
        Optional.empty(),
        version);
  }

  /**
   * @param steps that a checkpoint keeps
   */
  Result failed(Throwable failure, long steps, Optional<BestCheckpoint> best, double seconds) {
    Optional<UserErrorException> told = UserErrorException.behind(failure);
    return new Result(
        Result.Status.FAILED,
        told.map(UserErrorException::exitCode).orElse(UNEXPECTED),
        Optional.empty(),
        steps,
        seconds,
        network,
        settings.dataset().title(),
        best,
        Optional.empty(),
        Optional.empty(),
        Optional.of(told.map(Throwable::getMessage).orElse(failure.toString())),
        version);
  }
}
