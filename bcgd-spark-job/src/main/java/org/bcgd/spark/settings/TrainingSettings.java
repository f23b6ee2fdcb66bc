// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.number;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code training}: the descent.
 *
 * @param epochs passes over the training images
 * @param batchSize images of a step, over all shards
 * @param momentum μ, 0 to below 1
 * @param learningRate η over the epochs
 * @param weightDecay λ by role
 * @param runningStatisticsDecay share of the old batch-norm statistics that a step keeps
 * @param normBatches batches over which those statistics are taken anew at the end; 0 for none
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    double momentum,
    LearningRateSettings learningRate,
    WeightDecaySettings weightDecay,
    double runningStatisticsDecay,
    int normBatches) {

  static TrainingSettings read(Section training) {
    return new TrainingSettings(
        training.required("epochs", wholeNumber(1, 1_000_000, 20)),
        training.required("batch-size", wholeNumber(1, 1_000_000, 128)),
        training.value(
            "momentum",
            number(0, 1, 0.95).restrictedTo(m -> m < 1, "a number from 0 to below 1"),
            0.95),
        LearningRateSettings.read(training.section("learning-rate")),
        WeightDecaySettings.read(training.section("weight-decay")),
        training.value("running-statistics-decay", number(0, 1, 0.9), 0.9),
        training.value("norm-batches", wholeNumber(0, 1_000_000, 100), 0));
  }
}
