// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShard;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.data.source.Split;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.aggregation.ReductionChoice;
import org.bcgd.spark.executor.Labels;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.executor.ShardWork;
import org.bcgd.spark.executor.TrainingBatches;
import org.bcgd.spark.executor.local.LocalDescent;
import org.bcgd.spark.report.metrics.PhaseTimer;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardSource;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.storage.Folder;

/** The pieces of a step of a {@link TinyRun}, to be taken without a run around it. */
final class TinyWork {

  final Settings settings;
  final NetworkDefinition network;
  final MinibatchSchedule schedule;
  final BlendedCoarseGradientDescent descent;
  final JavaRDD<ImageShard> shards;
  final ShardWork work;

  private final JavaSparkContext spark;

  TinyWork(JavaSparkContext spark, Settings settings) {
    this.spark = spark;
    this.settings = settings;
    this.network = settings.network(file -> Folder.textOf(file, spark.hadoopConfiguration()));
    ShardSource source =
        ShardSource.of(
            settings.dataset(), settings.run().seed(), Split.TRAINING, spark.hadoopConfiguration());
    ShardedDataset dataset = ShardedDataset.load(spark, source, 0);
    this.shards = dataset.shards();
    this.schedule =
        new MinibatchSchedule(
            settings.training().batchSize(), dataset.sizes(), RandomKey.of(settings.run().seed()));
    this.descent =
        new BlendedCoarseGradientDescent(
            network.layout(),
            settings.weights().precision(),
            settings.descent(),
            schedule.stepsPerEpoch());
    Broadcast<NetworkExecution> execution =
        spark.broadcast(
            new NetworkExecution(network, settings.execution(), settings.input().preprocessing()));
    this.work =
        new ShardWork(
            execution,
            spark.broadcast(
                new TrainingBatches(
                    schedule,
                    settings.aggregation().minibatches(),
                    settings.execution().prefetch())),
            new Labels());
  }

  /** Random weights, and 0.1 for every resolution. */
  MasterState start() {
    float[] weights = InitialWeights.draw(network.layout(), 1);
    network
        .layout()
        .withRole(ParameterRole.RESOLUTION)
        .forEach(slice -> weights[slice.offset()] = 0.1f);
    return MasterState.start(weights);
  }

  GradientStep gradientStep() {
    return gradientStep(shards);
  }

  GradientStep gradientStep(JavaRDD<ImageShard> images) {
    return new GradientStep(descent, job(images), work);
  }

  LocalSteps localSteps(int frequency) {
    return new LocalSteps(
        descent,
        job(shards),
        work,
        spark.broadcast(new LocalDescent(settings, schedule.stepsPerEpoch())),
        frequency,
        schedule.stepsPerEpoch());
  }

  /** What a step makes of a state, in arrays of its own. */
  static MasterState after(Step step, MasterState state) {
    MasterState spare = MasterState.blank(state.weights().length);
    return step.from(state, spare, new PhaseTimer(System::nanoTime)).next();
  }

  List<ImageShard> images() {
    return shards.collect();
  }

  private ShardJob job(JavaRDD<ImageShard> images) {
    return new ShardJob(
        spark,
        images,
        ReductionChoice.of(settings.aggregation(), schedule.shards(), network.layout()),
        RandomKey.of(settings.run().seed()),
        schedule.stepsPerEpoch());
  }
}
