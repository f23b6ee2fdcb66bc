// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShard;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.aggregation.GradientReduction;
import org.bcgd.spark.aggregation.ReductionChoice;
import org.bcgd.spark.evaluation.EvaluationJob;
import org.bcgd.spark.executor.Labels;
import org.bcgd.spark.executor.Lesson;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.executor.ShardWork;
import org.bcgd.spark.executor.Teacher;
import org.bcgd.spark.executor.TrainingBatches;
import org.bcgd.spark.executor.local.LocalDescent;
import org.bcgd.spark.settings.DistillationSettings;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.start.StartFromData;
import org.bcgd.spark.trained.FloatNetwork;
import org.bcgd.spark.training.GradientStep;
import org.bcgd.spark.training.LocalSteps;
import org.bcgd.spark.training.NormReestimation;
import org.bcgd.spark.training.ShardJob;
import org.bcgd.spark.training.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a run that executors take part in. */
final class RunParts {

  private static final Logger LOG = LoggerFactory.getLogger(RunParts.class);

  private final JavaSparkContext spark;
  private final RunDesign design;
  private final JavaRDD<ImageShard> shards;
  private final Optional<ShardedDataset> judging;
  private final RunBroadcasts broadcasts;
  private final Broadcast<NetworkExecution> execution;
  private final Broadcast<TrainingBatches> batches;
  private final Lesson lesson;
  private final ShardJob job;

  /**
   * @param broadcasts holds what all steps need; to be closed after the last of them
   */
  RunParts(
      JavaSparkContext spark,
      RunBroadcasts broadcasts,
      RunDesign design,
      ShardedDataset training,
      Optional<ShardedDataset> judging) {
    Settings settings = design.settings();
    this.spark = spark;
    this.design = design;
    this.shards = training.shards();
    this.judging = judging;
    this.broadcasts = broadcasts;
    this.execution = broadcasts.of(design.execution());
    this.batches =
        broadcasts.of(
            new TrainingBatches(
                design.schedule(),
                settings.aggregation().minibatches(),
                settings.execution().prefetch()));
    this.lesson = design.teacher().map(this::lesson).orElseGet(Labels::new);
    this.job =
        new ShardJob(
            spark,
            shards,
            reduction(),
            RandomKey.of(settings.run().seed()),
            design.schedule().stepsPerEpoch());
  }

  private Lesson lesson(FloatNetwork teacher) {
    DistillationSettings distillation = design.settings().distillation().orElseThrow();
    return new Teacher(
        broadcasts.of(teacher.execution()),
        broadcasts.of(PackedSnapshot.of(teacher.weights())),
        distillation.weight(),
        distillation.temperature());
  }

  private GradientReduction reduction() {
    int count = design.schedule().shards();
    GradientReduction reduction =
        ReductionChoice.of(
            design.settings().aggregation(), count, design.execution().network().layout());
    LOG.info("What {} shards give is added up by {}", count, reduction);
    return reduction;
  }

  /** What the first minibatch tells. */
  StartFromData firstMinibatch() {
    return new StartFromData(spark, design.descent(), execution, shards, batches);
  }

  /** The step that the settings ask for. */
  Step step() {
    ShardWork work = new ShardWork(execution, batches, lesson);
    Settings settings = design.settings();
    int stepsPerEpoch = design.schedule().stepsPerEpoch();
    return settings.aggregation().stepsLocally()
        ? new LocalSteps(
            design.descent(),
            job,
            work,
            broadcasts.of(new LocalDescent(settings, stepsPerEpoch)),
            settings.aggregation().averagingFrequency(),
            stepsPerEpoch)
        : new GradientStep(design.descent(), job, work);
  }

  /** The statistics at the end of the run. */
  NormReestimation norms() {
    return new NormReestimation(
        design.descent(),
        job,
        new ShardWork(execution, batches, new Labels()),
        design.settings().training().normBatches());
  }

  /** Evaluation, if there are images to judge by. */
  Optional<EvaluationJob> evaluation() {
    int batch = design.settings().evaluation().batchSize();
    return judging.map(images -> new EvaluationJob(spark, execution, images, batch));
  }
}
