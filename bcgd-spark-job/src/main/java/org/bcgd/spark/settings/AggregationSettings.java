// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;

import org.bcgd.parameters.UplinkPrecision;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code aggregation}: how the gradients of the shards reach the driver.
 *
 * @param precision in which they travel; part of the result
 * @param reduction the way they take; no part of the result
 */
public record AggregationSettings(UplinkPrecision precision, Reduction reduction) {

  /** Which way gradients take. */
  public enum Reduction {
    /** The cheaper one for this many bytes and shards. */
    AUTO,
    /** Each shard's whole gradient goes to the driver. */
    FLAT,
    /** Slices are added up on executors; the driver gets the sum only. */
    SLICED
  }

  static AggregationSettings read(Section aggregation) {
    return new AggregationSettings(
        aggregation.value("precision", choice(UplinkPrecision.class), UplinkPrecision.FLOAT32),
        aggregation.value("reduction", choice(Reduction.class), Reduction.AUTO));
  }
}
