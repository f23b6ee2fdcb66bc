// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.failure.CheckpointException;
import org.bcgd.packed.PackedModel;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardSource;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.trained.TrainedNetwork;

/** A checkpoint on its way out: packed, written, judged in every form, measured. */
public final class Deployment {

  private static final String REPORT = "export.json";

  private final JavaSparkContext spark;
  private final TrainedNetwork trained;
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
    this.trained = TrainedNetwork.of(settings, from, spark.hadoopConfiguration());
    this.source = trained.images(spark.hadoopConfiguration());
    this.packed = trained.packed(source.classNames(), software);
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
        ShardedDataset.load(spark, source, trained.settings().dataset().corruptThreshold())) {
      return new DeploymentReport(
          trained.network().name(),
          trained.state().step(),
          sizes,
          (long) Float.BYTES * trained.network().layout().size(),
          LayerCost.of(packed.network()),
          images.size(),
          new Judgement(spark, trained.settings(), images).of(trained, packed, files),
          ClassifySpeed.measure(packed));
    }
  }
}
