// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;
import static org.bcgd.spark.settings.hocon.ValueType.text;

import java.util.Optional;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code initial-weights}: where the float weights start.
 *
 * @param from a checkpoint, or a run folder for its newest one; at random without
 * @param norms whether batch norms are restated in terms of the first minibatch
 */
public record InitialWeightsSettings(Optional<String> from, Norms norms) {

  /** Where the parameters of the batch norms come from. */
  public enum Norms {
    /** As they are in the checkpoint. */
    AS_GIVEN,
    /**
     * Written in terms of the mean and variance of the first minibatch, so that training begins
     * with what the network computes; for weights into which batch norm was folded.
     */
    FROM_DATA
  }

  static InitialWeightsSettings read(Section initialWeights) {
    return new InitialWeightsSettings(
        initialWeights.optional("from", text("runs/cifar10-resnet20-float")),
        initialWeights.value("norms", choice(Norms.class), Norms.AS_GIVEN));
  }
}
