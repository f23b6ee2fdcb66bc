// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.step;

/** What the time of a step goes into. */
public enum Phase {
  /** Weights into the layouts of the convolutions, and their gradients back. */
  WEIGHTS,
  /** Images into the layout of the engine. */
  IMAGES,
  CONVOLUTION_FORWARD,
  CONVOLUTION_BACKWARD_DATA,
  CONVOLUTION_BACKWARD_WEIGHTS,
  /** Mean and variance of each channel. */
  STATISTICS,
  /** Scale, norm, sum and activation, from the sums of a convolution to the codes of the next. */
  APPLY,
  /** The same backwards: what passes an activation, and the sums by channel. */
  APPLY_BACKWARD,
  /** The gradient through a batch norm, to the convolution before it. */
  NORM_BACKWARD,
  /** Codes that were kept in bytes, into what convolutions multiply. */
  WIDENING,
  /** Poolings and shortcuts, there and back. */
  RESAMPLING,
  LOSS,
  /** Waiting for the other threads. */
  MEETING;

  /** Whether it belongs to a convolution, whose rate oneDNN sets. */
  public boolean isConvolution() {
    return this == CONVOLUTION_FORWARD
        || this == CONVOLUTION_BACKWARD_DATA
        || this == CONVOLUTION_BACKWARD_WEIGHTS;
  }

  /** Whether a pass that only classifies does without it. */
  public boolean isTrainingOnly() {
    return this == STATISTICS || this == MEETING;
  }
}
