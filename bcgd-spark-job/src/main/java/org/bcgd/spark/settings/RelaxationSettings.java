// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.number;
import static org.bcgd.spark.settings.hocon.ValueType.positive;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import org.bcgd.descent.Relaxation;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code relaxation}: BinaryRelax in place of the hard projection.
 *
 * <pre>
 *   w = (λQ(w_f) + w_f) / (λ + 1)      λ(epoch) = initial · growthᵉᵖᵒᶜʰ
 * </pre>
 *
 * @param initial λ of the first epoch
 * @param growth factor of each epoch; 1.0404 is 1.02 every half epoch, as in the authors' code
 * @param hardFromEpoch the epoch, counted from 0, from which w = Q(w_f)
 * @see <a href="https://arxiv.org/abs/1801.06313">Yin et al. 2018</a>, BinaryRelax
 */
public record RelaxationSettings(double initial, double growth, int hardFromEpoch) {

  static RelaxationSettings read(Section relaxation) {
    return new RelaxationSettings(
        relaxation.value("initial", positive(1), 1.0),
        relaxation.value("growth", number(1, 1000, 1.0404), 1.0404),
        relaxation.required("hard-from-epoch", wholeNumber(0, Integer.MAX_VALUE, 150)));
  }

  /** The same as the model speaks of it. */
  Relaxation relaxation() {
    return new Relaxation(initial, growth, hardFromEpoch);
  }
}
