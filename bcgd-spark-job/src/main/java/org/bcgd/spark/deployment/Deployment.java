// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.data.source.Split;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.failure.CheckpointException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.packed.PackedModel;
import org.bcgd.spark.evaluation.EvaluationJob;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.prediction.ModelBroadcast;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardSource;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.training.PackedCheckpoint;
import org.bcgd.spark.training.RunFolder;

/** A checkpoint on its way out: packed, written, judged beside the training engine, measured. */
public final class Deployment {

  private static final String REPORT = "export.json";

  private final JavaSparkContext spark;
  private final Settings settings;
  private final NetworkDefinition network;
  private final Checkpoint checkpoint;
  private final ShardSource source;
  private final PackedModel packed;

  /**
   * @param from a checkpoint file, or a run folder for its newest
   * @param software names and versions to remember with the model
   * @throws CheckpointException if the checkpoint is missing, damaged or of another network
   */
  public Deployment(
      JavaSparkContext spark, Settings settings, String from, Map<String, String> software) {
    this.spark = spark;
    this.settings = settings;
    this.network = settings.network(file -> Folder.textOf(file, spark.hadoopConfiguration()));
    this.checkpoint = RunFolder.checkpoint(from, spark.hadoopConfiguration());
    if (!checkpoint.network().equals(network.json())) {
      throw new CheckpointException(
          "The checkpoint "
              + from
              + " is of another network than the settings describe: "
              + network
              + ". Give the settings of its run.");
    }
    this.source =
        ShardSource.of(
            settings.dataset(),
            settings.run().seed(),
            Split.EVALUATION,
            spark.hadoopConfiguration());
    source.requireFit(settings.input().preprocessing(), network.classes());
    this.packed = PackedCheckpoint.of(checkpoint, network, settings, source.classNames(), software);
  }

  /** Writes the files and the report into a folder. */
  public DeploymentReport write(Iterable<ExportFormat> formats, String uri) {
    Folder folder = Folder.at(uri, spark.hadoopConfiguration());
    Map<String, Long> sizes = new TreeMap<>();
    for (ExportFormat format : formats) {
      byte[] file = format.bytes(packed);
      folder.write(format.fileName(), out -> out.write(file));
      sizes.put(format.fileName(), (long) file.length);
    }
    DeploymentReport report = report(sizes);
    byte[] json = report.toJson().getBytes(StandardCharsets.UTF_8);
    folder.write(REPORT, out -> out.write(json));
    return report;
  }

  private DeploymentReport report(Map<String, Long> sizes) {
    try (ShardedDataset images =
        ShardedDataset.load(spark, source, settings.dataset().corruptThreshold())) {
      Evaluation trained = trained(images);
      return new DeploymentReport(
          network.name(),
          checkpoint.state().step(),
          sizes,
          (long) Float.BYTES * network.layout().size(),
          LayerCost.of(packed.network()),
          trained.images(),
          trained.topOne(),
          packed(images).topOne(),
          ClassifySpeed.measure(packed));
    }
  }

  private Evaluation trained(ShardedDataset images) {
    Broadcast<NetworkExecution> execution =
        spark.broadcast(
            new NetworkExecution(network, settings.execution(), settings.input().preprocessing()));
    BlendedCoarseGradientDescent descent =
        new BlendedCoarseGradientDescent(
            network.layout(), settings.weights().precision(), settings.descent(), 1);
    return new EvaluationJob(spark, execution, images, settings.evaluation().batchSize())
        .of(descent.quantize(checkpoint.state()));
  }

  private Evaluation packed(ShardedDataset images) {
    Broadcast<ModelBroadcast> model = spark.broadcast(new ModelBroadcast(packed));
    try {
      spark.setJobDescription("evaluation of the packed model");
      return Evaluation.sum(
          images
              .shards()
              .mapPartitions(new ScoreShard(model, settings.evaluation().batchSize()))
              .collect());
    } finally {
      model.destroy();
    }
  }
}
