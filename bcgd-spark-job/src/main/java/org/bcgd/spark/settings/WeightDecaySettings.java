// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.number;

import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code training.weight-decay}: λ of the term λw that is added to the gradient, by role.
 *
 * @param weights of linear layers
 * @param biases of linear layers
 * @param normalization scale and shift of batch normalisation
 */
public record WeightDecaySettings(double weights, double biases, double normalization) {

  static WeightDecaySettings read(Section weightDecay) {
    return new WeightDecaySettings(
        weightDecay.value("weights", number(0, 1, 1e-4), 1e-4),
        weightDecay.value("biases", number(0, 1, 1e-4), 1e-4),
        weightDecay.value("normalization", number(0, 1, 1e-4), 1e-4));
  }
}
