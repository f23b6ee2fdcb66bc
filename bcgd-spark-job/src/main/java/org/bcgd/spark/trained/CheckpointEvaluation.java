// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.trained;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.failure.CheckpointException;
import org.bcgd.spark.evaluation.EvaluationJob;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardSource;
import org.bcgd.spark.shards.ShardedDataset;

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
    TrainedNetwork trained = TrainedNetwork.of(settings, from, spark.hadoopConfiguration());
    ShardSource source = trained.images(spark.hadoopConfiguration());
    try (ShardedDataset images =
        ShardedDataset.load(spark, source, settings.dataset().corruptThreshold())) {
      Evaluation evaluation =
          EvaluationJob.once(
              spark,
              trained.execution(),
              trained.weights(),
              images,
              settings.evaluation().batchSize());
      return new CheckpointEvaluation(
          trained.network().name(), trained.state().step(), source.classNames(), evaluation);
    }
  }
}
