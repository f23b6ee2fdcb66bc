// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

/** How weights of 2 bits are projected. */
public enum TernaryRule {
  /** Zero below 0.7 times the mean magnitude. */
  THRESHOLD,
  /** The nearest point. */
  EXACT,
  /** Alternation between levels and scale, as for more bits. */
  LLOYD
}
