// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.evaluation;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.executor.ShardEvaluation;
import org.bcgd.spark.shards.ShardedDataset;

/** Judges weights by all images of a dataset: one task a shard, summed in shard order. */
public final class EvaluationJob {

  private final JavaSparkContext spark;
  private final Broadcast<NetworkExecution> execution;
  private final ShardedDataset images;
  private final int batchSize;

  /**
   * @param batchSize images that a task classifies at once; no part of the result
   */
  public EvaluationJob(
      JavaSparkContext spark,
      Broadcast<NetworkExecution> execution,
      ShardedDataset images,
      int batchSize) {
    this.spark = spark;
    this.execution = execution;
    this.images = images;
    this.batchSize = batchSize;
  }

  /**
   * Judges a network once: it is broadcast for this and then given back.
   *
   * @param batchSize images that a task classifies at once; no part of the result
   */
  public static Evaluation once(
      JavaSparkContext spark,
      NetworkExecution network,
      WeightSnapshot w,
      ShardedDataset images,
      int batchSize) {
    Broadcast<NetworkExecution> execution = spark.broadcast(network);
    try {
      return new EvaluationJob(spark, execution, images, batchSize).of(w);
    } finally {
      execution.destroy();
    }
  }

  /** What the network at w makes of all images. */
  public Evaluation of(WeightSnapshot w) {
    Broadcast<PackedSnapshot> weights = spark.broadcast(PackedSnapshot.of(w));
    try {
      spark.setJobDescription("evaluation of " + images.size() + " images");
      return Evaluation.sum(
          images
              .shards()
              .mapPartitions(new ShardEvaluation(execution, weights, batchSize))
              .collect());
    } finally {
      weights.destroy();
    }
  }
}
