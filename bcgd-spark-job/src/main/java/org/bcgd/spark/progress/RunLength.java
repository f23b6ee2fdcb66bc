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

  /**
   * Steps that are done when so many more epochs are, or all of them. An epoch that has begun is
   * the first of these.
   */
  public long stepsUntil(long done, int more) {
    return Math.min(steps(), (done / stepsPerEpoch + more) * stepsPerEpoch);
  }
}
