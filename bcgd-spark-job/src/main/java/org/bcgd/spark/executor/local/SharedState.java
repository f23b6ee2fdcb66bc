// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor.local;

import java.io.Serializable;
import org.bcgd.descent.MasterState;

/**
 * The float weights as they travel to shards that take steps of their own, with their momentum
 * where it is shared. A final class of plain fields, because it crosses the Spark wire.
 */
public final class SharedState implements Serializable {

  private static final long serialVersionUID = 1;

  private final long step;
  private final float[] weights; // [layout.size()]
  private final float[] momentum; // [layout.size()], or [0] where each shard starts at rest

  private SharedState(long step, float[] weights, float[] momentum) {
    this.step = step;
    this.weights = weights;
    this.momentum = momentum;
  }

  /** A state to send; its arrays are not copied. */
  public static SharedState of(MasterState state, boolean withMomentum) {
    return new SharedState(
        state.step(), state.weights(), withMomentum ? state.momentum() : new float[0]);
  }

  /** The state that arrived; weights are not to be changed. */
  MasterState state() {
    return new MasterState(
        step, weights, momentum.length == 0 ? new float[weights.length] : momentum);
  }
}
