// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import java.io.Serializable;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code execution}: what computes the network.
 *
 * @param kind the library
 * @param threads of one task
 */
public record ExecutionSettings(Kind kind, int threads) implements Serializable {

  /** The library that computes the network. */
  public enum Kind {
    /** Deeplearning4j on ND4J. */
    DL4J
  }

  static ExecutionSettings read(Section execution) {
    return new ExecutionSettings(
        execution.value("kind", choice(Kind.class), Kind.DL4J),
        execution.value("threads", wholeNumber(1, 1024, 1), 1));
  }
}
