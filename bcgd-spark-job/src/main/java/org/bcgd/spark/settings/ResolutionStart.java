// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.names;
import static org.bcgd.spark.settings.hocon.ValueType.positive;

import org.bcgd.spark.settings.hocon.ValueType;

/** Where the resolutions α start. */
public sealed interface ResolutionStart {

  /** From the activations of a first batch. */
  enum FromBatch implements ResolutionStart {
    /** The α of the least mean square error. */
    MSE,
    /** The α whose top level Lα is half of the largest activation. */
    HALF_MAX,
    /** The α whose top level Lα is the largest activation. */
    MAX
  }

  /** The same for all. */
  record Fixed(double resolution) implements ResolutionStart {}

  /** How it is written in settings. */
  static ValueType<ResolutionStart> type() {
    return ValueType.<ResolutionStart>named(names(FromBatch.class))
        .or(positive(0.2).as(Fixed::new, Fixed::resolution), Fixed.class);
  }
}
