// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.io.Serializable;
import org.bcgd.vector.Finite;

/**
 * What shards add up in a step: gradients, batch statistics, loss and hits.
 *
 * <pre>
 *   gradient slots     Σ over samples of ∂ℓ/∂w       read as a mean over samples
 *   statistic slots    Σ over minibatches of the batch mean or variance, read as a mean over minibatches
 * </pre>
 *
 * <p>A final class of plain fields, because it crosses the Spark wire.
 */
public final class GradientSum implements Serializable {

  private final float[] sums; // [layout.size()]
  private final double loss; // Σ over samples, nats
  private final int correct; // samples whose label has the largest output
  private final int samples;
  private final int minibatches;

  /**
   * @param sums [layout.size()]; owned by the new object
   * @param loss sum of the samples' losses, in nats
   * @param correct samples classified correctly
   * @param samples number of samples
   * @param minibatches number of minibatches, each with batch statistics of its own
   */
  public GradientSum(float[] sums, double loss, int correct, int samples, int minibatches) {
    if (samples < 1 || minibatches < 1) {
      throw new IllegalArgumentException(
          "a gradient of " + samples + " samples in " + minibatches + " minibatches has no mean");
    }
    this.sums = sums;
    this.loss = loss;
    this.correct = correct;
    this.samples = samples;
    this.minibatches = minibatches;
  }

  /**
   * Both together: what sums of two minibatches at the same weights give.
   *
   * @throws IllegalArgumentException if they are of different lengths
   */
  public GradientSum plus(GradientSum other) {
    if (sums.length != other.sums.length) {
      throw new IllegalArgumentException(
          "a sum of " + sums.length + " values and one of " + other.sums.length);
    }
    float[] both = sums.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.sums[i];
    }
    return new GradientSum(
        both,
        loss + other.loss,
        correct + other.correct,
        samples + other.samples,
        minibatches + other.minibatches);
  }

  /** The sums, [layout.size()]; not to be changed. */
  public float[] sums() {
    return sums;
  }

  /** What a gradient slot is multiplied with to become a mean: 1 / samples. */
  public float gradientFactor() {
    return 1f / samples;
  }

  /** What a statistic slot is multiplied with to become a mean: 1 / minibatches. */
  public float statisticFactor() {
    return 1f / minibatches;
  }

  /** Mean loss of a sample, in nats. */
  public double meanLoss() {
    return loss / samples;
  }

  /** Share of samples classified correctly, 0..1. */
  public double accuracy() {
    return (double) correct / samples;
  }

  /** Sum of the samples' losses, in nats. */
  public double loss() {
    return loss;
  }

  /** Samples classified correctly. */
  public int correct() {
    return correct;
  }

  public int samples() {
    return samples;
  }

  public int minibatches() {
    return minibatches;
  }

  /** Whether the loss and every sum are finite numbers. */
  public boolean isFinite() {
    return Double.isFinite(loss) && Finite.all(sums, 0, sums.length);
  }
}
