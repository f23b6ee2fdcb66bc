// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code evaluation}: the measurement on the images of evaluation.
 *
 * @param batchSize images that go through the network at a time
 * @param everyEpochs epochs from one evaluation to the next; the last epoch always has one
 */
public record EvaluationSettings(int batchSize, int everyEpochs) {

  static EvaluationSettings read(Section evaluation) {
    return new EvaluationSettings(
        evaluation.value("batch-size", wholeNumber(1, 1_000_000, 100), 100),
        evaluation.value("every-epochs", wholeNumber(1, Integer.MAX_VALUE, 1), 1));
  }
}
