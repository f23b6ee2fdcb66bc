// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.memory.MemoryLimits;
import org.bcgd.spark.progress.RunLength;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.trained.FloatNetwork;

/**
 * What a run computes, worked out from its settings and images before executors take part.
 *
 * @param settings of the run
 * @param schedule of the minibatches
 * @param length in steps and epochs
 * @param descent the update
 * @param execution of the network that is trained
 * @param teacher from which it learns, if it does
 */
record RunDesign(
    Settings settings,
    MinibatchSchedule schedule,
    RunLength length,
    BlendedCoarseGradientDescent descent,
    NetworkExecution execution,
    Optional<FloatNetwork> teacher) {

  /**
   * The design for these images.
   *
   * @throws org.bcgd.failure.UserErrorException if the network, or its teacher, cannot be used
   */
  static RunDesign of(
      Settings settings, NetworkDefinition network, ShardedDataset training, Configuration hadoop) {
    MinibatchSchedule schedule =
        new MinibatchSchedule(
            settings.training().batchSize(), training.sizes(), RandomKey.of(settings.run().seed()));
    return new RunDesign(
        settings,
        schedule,
        new RunLength(settings.training().epochs(), schedule.stepsPerEpoch()),
        settings.update(network.layout(), schedule.stepsPerEpoch()),
        new NetworkExecution(network, settings.execution(), settings.input().preprocessing()),
        FloatNetwork.teacher(settings, hadoop));
  }

  /**
   * Compares what it takes of memory with what there is.
   *
   * @throws org.bcgd.failure.SettingsException if it is more, or the network cannot be computed
   */
  void requireMemory(
      JavaSparkContext spark, ShardedDataset training, Optional<ShardedDataset> judging) {
    long images = training.bytes() + judging.map(ShardedDataset::bytes).orElse(0L);
    int[] judged = judging.map(ShardedDataset::sizes).orElse(new int[0]);
    MemoryLimits.of(spark.getConf(), schedule.shards())
        .on(spark)
        .require(new RunMemory(settings, execution, schedule, teacher, images).needs(judged));
  }
}
