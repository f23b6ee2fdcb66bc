// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
import org.bcgd.data.SoftTargets;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;

/**
 * Knowledge distillation: beside the labels, what another network makes of the same images, as they
 * are augmented, is learnt. The teacher is broadcast once, so that the task stays a pure function
 * of broadcast values and a shard.
 */
public final class Teacher implements Lesson {

  private static final long serialVersionUID = 1;

  private final Broadcast<NetworkExecution> execution;
  private final Broadcast<PackedSnapshot> weights;
  private final double weight;
  private final double temperature;

  /**
   * @param execution of the teacher's network
   * @param weights of the teacher
   * @param weight κ of {@link SoftTargets}
   * @param temperature T of {@link SoftTargets}
   */
  public Teacher(
      Broadcast<NetworkExecution> execution,
      Broadcast<PackedSnapshot> weights,
      double weight,
      double temperature) {
    this.execution = execution;
    this.weights = weights;
    this.weight = weight;
    this.temperature = temperature;
  }

  @Override
  public Batch of(Batch images) {
    ExecutorNetworks networks = ExecutorNetworks.of(execution.value());
    WeightSnapshot w = weights.value().unpack(networks.layout());
    float[] probabilities = networks.using(network -> network.classify(w, images));
    int classes = execution.value().network().classes();
    return images.with(SoftTargets.of(probabilities, classes, weight, temperature));
  }
}
