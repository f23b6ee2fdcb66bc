// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import org.bcgd.spark.report.metrics.EvaluationFigures;
import org.bcgd.spark.report.metrics.StepTimes;

/**
 * {@code result.json}: how a run ended.
 *
 * @param status how it ended, in a word
 * @param exitCode of the process
 * @param evaluation the last one, if there was any
 * @param steps done since the start of the training
 * @param seconds from start to end
 * @param network architecture or graph
 * @param dataset format and path
 * @param best checkpoint by top-1, if any was judged
 * @param stepTimes where the time of its steps went, if it took any
 * @param weightsDigest of the quantized weights, the same for the same bits
 * @param failure what a person is told of it
 * @param version of this software
 */
public record Result(
    Status status,
    int exitCode,
    Optional<EvaluationFigures> evaluation,
    long steps,
    double seconds,
    String network,
    String dataset,
    Optional<BestCheckpoint> best,
    Optional<StepTimes> stepTimes,
    Optional<String> weightsDigest,
    Optional<String> failure,
    String version) {

  /** How a run ended. */
  public enum Status {
    /** All epochs are done. */
    @JsonProperty("completed")
    COMPLETED,
    /** It stopped at an error. */
    @JsonProperty("failed")
    FAILED
  }

  /** Indented JSON. */
  public String toJson() {
    return Json.indented(this);
  }

  /** Reads what {@link #toJson} gives. */
  public static Result fromJson(String json) throws JsonProcessingException {
    return Json.MAPPER.readValue(json, Result.class);
  }
}
