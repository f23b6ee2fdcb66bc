// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

/**
 * Everything a step changes: the only place where full precision lives. Its arrays stay as they are
 * until it is given up as the spare of a later step.
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

  /** Arrays for a state of so many values. */
  public static MasterState blank(int size) {
    return new MasterState(0, new float[size], new float[size]);
  }

  /** The arrays of this state, at another step. */
  public MasterState at(long step) {
    return new MasterState(step, weights, momentum);
  }

  /** The state before the first step: the given weights, at rest. */
  public static MasterState start(float[] weights) {
    return new MasterState(0, weights, new float[weights.length]);
  }
}
