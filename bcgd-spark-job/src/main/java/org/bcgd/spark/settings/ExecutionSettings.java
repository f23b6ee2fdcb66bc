// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;
import static org.bcgd.spark.settings.hocon.ValueType.trueOrFalse;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import java.util.Optional;
import org.bcgd.engine.GradientPrecision;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code execution}: what computes the network.
 *
 * @param kind of execution
 * @param threads of one task
 * @param gradientPrecision of the engine's backward pass; empty for the faster one on the driver's
 *     machine, which then holds for all of the run
 * @param prefetch whether executors prepare the next step's images while the driver works; no part
 *     of the result
 */
public record ExecutionSettings(
    Kind kind, int threads, Optional<GradientPrecision> gradientPrecision, boolean prefetch) {

  /** What computes the network. */
  public enum Kind {
    /** Our engine on oneDNN. */
    ENGINE,
    /** Deeplearning4j on ND4J: slow, the judge of the engine. */
    DL4J
  }

  static ExecutionSettings read(Section execution) {
    return new ExecutionSettings(
        execution.value("kind", choice(Kind.class), Kind.ENGINE),
        execution.value("threads", wholeNumber(1, 1024, 1), 1),
        execution.optional("gradient-precision", choice(GradientPrecision.class)),
        execution.value("prefetch", trueOrFalse(), true));
  }
}
