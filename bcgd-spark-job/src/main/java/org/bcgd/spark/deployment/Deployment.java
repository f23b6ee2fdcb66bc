// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.data.source.Split;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.failure.CheckpointException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.packed.PackedModel;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardSource;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.training.PackedCheckpoint;
import org.bcgd.spark.training.RunFolder;

/** A checkpoint on its way out: packed, written, judged in every form, measured. */
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
    Map<ExportFormat, byte[]> files = new EnumMap<>(ExportFormat.class);
    for (ExportFormat format : formats) {
      byte[] file = format.bytes(packed);
      folder.write(format.fileName(), out -> out.write(file));
      files.put(format, file);
    }
    DeploymentReport report = report(files);
    byte[] json = report.toJson().getBytes(StandardCharsets.UTF_8);
    folder.write(REPORT, out -> out.write(json));
    return report;
  }

  private DeploymentReport report(Map<ExportFormat, byte[]> files) {
    Map<String, Long> sizes = new TreeMap<>();
    files.forEach((format, file) -> sizes.put(format.fileName(), (long) file.length));
    try (ShardedDataset images =
        ShardedDataset.load(spark, source, settings.dataset().corruptThreshold())) {
      return new DeploymentReport(
          network.name(),
          checkpoint.state().step(),
          sizes,
          (long) Float.BYTES * network.layout().size(),
          LayerCost.of(packed.network()),
          images.size(),
          new Judgement(spark, settings, images).of(execution(), weights(), packed, files),
          ClassifySpeed.measure(packed));
    }
  }

  private NetworkExecution execution() {
    return new NetworkExecution(network, settings.execution(), settings.input().preprocessing());
  }

  private WeightSnapshot weights() {
    return new BlendedCoarseGradientDescent(
            network.layout(), settings.weights().precision(), settings.descent(), 1)
        .quantize(checkpoint.state());
  }
}
