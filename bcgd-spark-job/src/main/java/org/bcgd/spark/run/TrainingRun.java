// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.SettingsException;
import org.bcgd.failure.StorageException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.folder.Checkpoints;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.progress.RunLength;
import org.bcgd.spark.report.Environment;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.start.FirstState;
import org.bcgd.spark.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the settings: it puts the pieces together, goes on where the run folder says, trains,
 * and leaves settings, checkpoints, metrics and result in the folder.
 */
public final class TrainingRun {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final JavaSparkContext spark;
  private final Settings settings;
  private final RunImages images;
  private final Map<String, String> software;
  private final PrintStream out;
  private final Consumer<StepMetrics> watcher;

  private final RunFolder folder;
  private final NetworkDefinition network;
  private final Checkpoints checkpoints;
  private final Outcome outcome;

  /**
   * A run on the dataset of the settings.
   *
   * @param software names and versions to remember with each checkpoint
   * @param out where a person reads how it goes
   * @throws org.bcgd.failure.UserErrorException if settings and run folder cannot be used
   */
  public TrainingRun(
      JavaSparkContext spark, Settings settings, Map<String, String> software, PrintStream out) {
    this(spark, settings, new DatasetImages(spark, settings), software, out, step -> {});
  }

  /**
   * A run on images that a program gives.
   *
   * @param images their shards
   * @param software names and versions to remember with each checkpoint
   * @param out where a person reads how it goes
   * @param watcher is told of each step
   * @throws org.bcgd.failure.UserErrorException if settings and run folder cannot be used
   */
  public TrainingRun(
      JavaSparkContext spark,
      Settings settings,
      RunImages images,
      Map<String, String> software,
      PrintStream out,
      Consumer<StepMetrics> watcher) {
    this.spark = spark;
    this.settings = settings;
    this.images = images;
    this.software = software;
    this.out = out;
    this.watcher = watcher;
    this.folder = RunFolder.at(settings.run().folder(), spark.hadoopConfiguration());
    this.network = settings.network(file -> Folder.textOf(file, spark.hadoopConfiguration()));
    this.checkpoints = new Checkpoints(folder, network, settings, software);
    this.outcome = new Outcome(settings, network.name(), software.get("bcgd"));
  }

  /**
   * Trains to the end of the run. However it ends, the run folder holds a result that tells it; a
   * folder that belongs to another run is left as it is.
   *
   * @param mustResume whether it is an error that the run has not begun
   */
  public Result execute(boolean mustResume) {
    return execute(mustResume, Integer.MAX_VALUE);
  }

  /** The same, but not beyond the end of the epoch that comes next or was interrupted. */
  public Result executeEpoch() {
    return execute(false, 1);
  }

  private Result execute(boolean mustResume, int epochs) {
    long start = System.nanoTime();
    Optional<MasterState> stopped = checkpoints.latest();
    if (mustResume && stopped.isEmpty()) {
      throw new SettingsException(
          "There is nothing to resume: " + folder + " holds no checkpoint.");
    }
    folder.writeSettings(settings.effective());
    LOG.info("Effective settings:\n{}", settings.effective());
    try {
      Result result =
          outcome.completed(trained(stopped, epochs), checkpoints.best(), secondsSince(start));
      folder.writeResult(result);
      return result;
    } catch (Throwable failure) { // what Spark says of a failed task is no RuntimeException
      tell(failure, secondsSince(start));
      throw failure;
    }
  }

  private void tell(Throwable failure, double seconds) {
    try {
      folder.writeResult(
          outcome.failed(failure, checkpoints.newestStep(), checkpoints.best(), seconds));
    } catch (StorageException unwritable) {
      failure.addSuppressed(unwritable);
    }
  }

  private Outcome.Trained trained(Optional<MasterState> stopped, int epochs) {
    Preprocessing preprocessing = settings.input().preprocessing();
    try (ShardedDataset training = images.training(preprocessing, network);
        ShardedDataset judging = images.judging(preprocessing, network).orElse(null)) {
      return train(stopped, epochs, training, Optional.ofNullable(judging));
    }
  }

  private Outcome.Trained train(
      Optional<MasterState> stopped,
      int epochs,
      ShardedDataset training,
      Optional<ShardedDataset> judging) {
    Configuration hadoop = spark.hadoopConfiguration();
    RunDesign design = RunDesign.of(settings, network, training, hadoop);
    design.requireMemory(spark, training, judging);
    LOG.info("Networks are computed by {}", design.execution().describe());
    folder.writeEnvironment(environment(design.execution()));
    try (RunBroadcasts broadcasts = new RunBroadcasts(spark)) {
      RunParts parts = new RunParts(spark, broadcasts, design, training, judging);
      MasterState start =
          stopped.orElseGet(
              () -> FirstState.of(settings, network.layout(), parts.firstMinibatch(), hadoop));
      announce(start, design.length(), training, judging);
      return new RecordedTraining(folder, checkpoints, training.classNames(), out, watcher)
          .run(design, parts, start, epochs);
    }
  }

  private Environment environment(NetworkExecution computed) {
    Map<String, String> facts = new TreeMap<>(software);
    facts.put("execution", computed.describe());
    facts.put("master", spark.master());
    facts.put("parallelism", String.valueOf(spark.defaultParallelism()));
    return new Environment(facts);
  }

  private void announce(
      MasterState start,
      RunLength length,
      ShardedDataset training,
      Optional<ShardedDataset> judging) {
    out.printf(
        "%s: %s on %,d images in %d shards (%,d to judge by), %d steps in %d epochs, on %s%n",
        settings.name(),
        network.name(),
        training.size(),
        training.sizes().length,
        judging.map(ShardedDataset::size).orElse(0),
        length.steps(),
        length.epochs(),
        spark.master());
    if (start.step() > 0) {
      out.printf("Going on after step %d of %s%n", start.step(), folder);
    }
  }

  private static double secondsSince(long nanoseconds) {
    return (System.nanoTime() - nanoseconds) / 1e9;
  }
}
