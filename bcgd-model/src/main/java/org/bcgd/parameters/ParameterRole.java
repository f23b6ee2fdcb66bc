// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

/** What a parameter is, and so which update rule it follows. */
public enum ParameterRole {
  /** The weights of a linear layer; the only role that is ever quantized. */
  WEIGHT,
  /** The bias of a linear layer. */
  BIAS,
  /** Batch normalisation's γ. */
  NORM_SCALE,
  /** Batch normalisation's β. */
  NORM_SHIFT,
  /** Running mean of a batch normalisation: follows batch statistics, has no gradient. */
  RUNNING_MEAN,
  /** Running variance of a batch normalisation: follows batch statistics, has no gradient. */
  RUNNING_VARIANCE,
  /** The resolution α of a quantized activation. */
  RESOLUTION;

  /** Whether the parameter follows batch statistics instead of a gradient. */
  public boolean isRunningStatistic() {
    return this == RUNNING_MEAN || this == RUNNING_VARIANCE;
  }
}
