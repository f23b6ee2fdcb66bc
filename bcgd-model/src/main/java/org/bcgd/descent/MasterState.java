// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

/**
 * Everything a step changes: the only place where full precision lives. Its arrays are never
 * changed after construction.
 *
 * @param step number of updates taken
 * @param weights w_f and all other parameters, [layout size]
 * @param momentum accumulated gradients, [layout size]; unused in the slots of running statistics
 */
public record MasterState(long step, float[] weights, float[] momentum) {

  public MasterState {
    if (step < 0 || weights.length != momentum.length) {
      throw new IllegalArgumentException(
          "step "
              + step
              + " with "
              + weights.length
              + " weights and "
              + momentum.length
              + " momenta");
    }
  }

  /** The state before the first step: the given weights, at rest. */
  public static MasterState start(float[] weights) {
    return new MasterState(0, weights, new float[weights.length]);
  }
}
