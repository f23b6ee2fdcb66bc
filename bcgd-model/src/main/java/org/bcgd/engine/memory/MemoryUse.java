// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

/** What the native memory of a plan is for. */
public enum MemoryUse {
  /** What the forward pass gives: codes, sums, images. */
  VALUES,
  /** Gradients of values. */
  GRADIENTS,
  /** Each thread's gradients of weights. */
  WEIGHT_GRADIENTS,
  /** Weights in the layouts of the convolutions, and on their way there. */
  WEIGHTS,
  /** What lies between tensors that share a block. */
  GAPS,
  /** What oneDNN works in. */
  WORKSPACE
}
