// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import org.bcgd.parameters.GradientSum;

/**
 * What a shard tells of its minibatch beside the gradient. A final class of plain fields, because
 * it crosses the Spark wire.
 */
public final class ShardFigures implements Serializable {

  private static final long serialVersionUID = 1;

  private final int shard;
  private final double loss; // Σ over samples, nats
  private final int correct;
  private final int samples;
  private final int minibatches;
  private final boolean finite;
  private final double seconds; // no part of the result of a step

  /**
   * @param seconds that the task took for it
   */
  ShardFigures(int shard, GradientSum gradient, double seconds) {
    this.shard = shard;
    this.loss = gradient.loss();
    this.correct = gradient.correct();
    this.samples = gradient.samples();
    this.minibatches = gradient.minibatches();
    this.finite = gradient.isFinite();
    this.seconds = seconds;
  }

  /** Number of the shard. */
  public int shard() {
    return shard;
  }

  /** Whether its loss and every value of its gradient are finite numbers. */
  public boolean isFinite() {
    return finite;
  }

  /** Mean loss of a sample of its minibatch, in nats. */
  public double meanLoss() {
    return loss / samples;
  }

  double seconds() {
    return seconds;
  }

  double loss() {
    return loss;
  }

  int correct() {
    return correct;
  }

  int samples() {
    return samples;
  }

  int minibatches() {
    return minibatches;
  }
}
