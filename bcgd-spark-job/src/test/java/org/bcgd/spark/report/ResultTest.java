// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bcgd.spark.report.metrics.EvaluationFigures;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.StepTimes;
import org.junit.jupiter.api.Test;

class ResultTest {

  @Test
  void completedRunTellsItsAccuracy() throws IOException {
    Result result =
        new Result(
            Result.Status.COMPLETED,
            0,
            Optional.of(new EvaluationFigures(0.85, 0.99, 0.4, 2000)),
            500,
            61.5,
            "lenet5",
            "fashion-mnist-sample",
            Optional.of(new BestCheckpoint(400, 0.86)),
            Optional.of(new StepTimes(500, Map.of(Phase.COMPUTE, 0.1, Phase.GATHER, 0.01))),
            Optional.of("ab12"),
            Optional.empty(),
            "0.1.0");

    assertThat(result.toJson())
        .isEqualToIgnoringWhitespace(
            """
            {"status": "completed", "exitCode": 0,
             "evaluation": {"top1": 0.85, "top5": 0.99, "loss": 0.4, "images": 2000},
             "steps": 500, "seconds": 61.5, "network": "lenet5",
             "dataset": "fashion-mnist-sample", "best": {"step": 400, "top1": 0.86},
             "stepTimes": {"steps": 500, "seconds": {"compute": 0.1, "gather": 0.01}},
             "weightsDigest": "ab12", "failure": null, "version": "0.1.0"}
            """);
    assertThat(Result.fromJson(result.toJson())).isEqualTo(result);
  }

  @Test
  void failedRunMayHaveNone() throws IOException {
    Result result =
        new Result(
            Result.Status.FAILED,
            5,
            Optional.empty(),
            7,
            1,
            "lenet5",
            "idx",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("it diverged"),
            "0.1.0");

    assertThat(result.toJson()).contains("\"evaluation\" : null", "\"status\" : \"failed\"");
    assertThat(Result.fromJson(result.toJson())).isEqualTo(result);
  }
}
