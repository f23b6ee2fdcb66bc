// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.data.source.Split;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.failure.CheckpointException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.spark.evaluation.EvaluationJob;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardSource;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.storage.Folder;

/**
 * What the quantized weights of a checkpoint make of the images of evaluation.
 *
 * @param network its name
 * @param step steps done at the checkpoint
 * @param classNames by label
 * @param evaluation the count
 */
public record CheckpointEvaluation(
    String network, long step, List<String> classNames, Evaluation evaluation) {

  /**
   * Evaluates.
   *
   * @param from a checkpoint file, or a run folder for its newest
   * @throws CheckpointException if the checkpoint is missing, damaged or of another network
   */
  public static CheckpointEvaluation of(JavaSparkContext spark, Settings settings, String from) {
    NetworkDefinition network =
        settings.network(file -> Folder.textOf(file, spark.hadoopConfiguration()));
    Checkpoint checkpoint = RunFolder.checkpoint(from, spark.hadoopConfiguration());
    if (!checkpoint.network().equals(network.json())) {
      throw new CheckpointException(
          "The checkpoint "
              + from
              + " is of another network than the settings describe: "
              + network
              + ". Give the settings of its run.");
    }
    Preprocessing preprocessing = settings.input().preprocessing();
    ShardSource source =
        ShardSource.of(
            settings.dataset(),
            settings.run().seed(),
            Split.EVALUATION,
            spark.hadoopConfiguration());
    source.requireFit(preprocessing, network.classes());
    BlendedCoarseGradientDescent descent =
        new BlendedCoarseGradientDescent(
            network.layout(), settings.weights().precision(), settings.descent(), 1);
    Broadcast<NetworkExecution> execution =
        spark.broadcast(new NetworkExecution(network, settings.execution(), preprocessing));
    try (ShardedDataset images =
        ShardedDataset.load(spark, source, settings.dataset().corruptThreshold())) {
      Evaluation evaluation =
          new EvaluationJob(spark, execution, images, settings.evaluation().batchSize())
              .of(descent.quantize(checkpoint.state()));
      return new CheckpointEvaluation(
          network.name(), checkpoint.state().step(), source.classNames(), evaluation);
    }
  }
}
