// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.progress;

/**
 * How long a training is.
 *
 * @param epochs in all
 * @param stepsPerEpoch steps of each
 */
public record RunLength(int epochs, int stepsPerEpoch) {

  /** Steps in all. */
  public long steps() {
    return (long) epochs * stepsPerEpoch;
  }
}
