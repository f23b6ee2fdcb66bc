// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

/**
 * The learning rate η over a run.
 *
 * <pre>
 *   η(t) = initial · min(1, (t + 1/stepsPerEpoch) / warmUpEpochs) · decay(t)      t: epochs, fractional
 * </pre>
 *
 * @param initial η before any decay, per step
 * @param decay the factor by which it falls
 * @param warmUpEpochs epochs of linear growth from near zero; 0 for none
 */
public record LearningRate(double initial, Decay decay, double warmUpEpochs) {

  public LearningRate {
    if (!(initial > 0) || !(warmUpEpochs >= 0)) {
      throw new IllegalArgumentException(
          "learning rate " + initial + " with " + warmUpEpochs + " epochs of warm-up");
    }
  }

  /** η for step number {@code step}, counted from 0. */
  public double at(long step, int stepsPerEpoch) {
    double warmUp =
        warmUpEpochs == 0 ? 1 : Math.min(1, (step + 1) / (warmUpEpochs * stepsPerEpoch));
    return initial * warmUp * decay.at((double) step / stepsPerEpoch);
  }
}
