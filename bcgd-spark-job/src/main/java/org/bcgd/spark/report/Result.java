// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Optional;

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
 * @param weightsDigest of the quantized weights, the same for the same bits
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
    Optional<String> weightsDigest,
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

  /** Writes it as indented JSON and closes the writer. */
  public void write(Writer writer) throws IOException {
    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(writer, this);
  }

  /** Reads what {@link #write} wrote and closes the reader. */
  public static Result read(Reader reader) throws IOException {
    return Json.MAPPER.readValue(reader, Result.class);
  }
}
