// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

/**
 * The least and the largest resolution α of a network. A resolution is above 0.
 *
 * @param minimum over all activation sites
 * @param maximum over all activation sites
 */
public record ResolutionRange(double minimum, double maximum) {

  /** Of a network without quantized activations. */
  public static final ResolutionRange NONE = new ResolutionRange(0, 0);
}
