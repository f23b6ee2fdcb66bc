// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import org.bcgd.spark.settings.hocon.ValueType;

/** The width of a weight or an activation. */
final class Bits {

  /** The width that stands for float32, not quantized. */
  static final int FLOAT = 32;

  private Bits() {}

  static ValueType<Integer> type(int example) {
    return wholeNumber(1, FLOAT, example)
        .restrictedTo(
            bits -> bits <= 8 || bits == FLOAT, "a whole number from 1 to 8, or 32 for float");
  }
}
