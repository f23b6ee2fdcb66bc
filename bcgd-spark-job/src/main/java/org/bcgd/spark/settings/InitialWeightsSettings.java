// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.text;

import java.util.Optional;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code initial-weights}: where the float weights start.
 *
 * @param from a checkpoint, or a run folder for its newest one; at random without
 */
public record InitialWeightsSettings(Optional<String> from) {

  static InitialWeightsSettings read(Section initialWeights) {
    return new InitialWeightsSettings(
        initialWeights.optional("from", text("runs/cifar10-resnet20-float")));
  }
}
