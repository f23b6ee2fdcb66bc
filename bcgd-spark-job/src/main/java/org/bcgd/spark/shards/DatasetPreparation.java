// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.source.Split;
import org.bcgd.failure.SettingsException;
import org.bcgd.spark.settings.DatasetSettings;
import org.bcgd.spark.shards.DatasetManifest.ShardFile;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.storage.HadoopConfiguration;

/**
 * Writes a dataset as prepared shards, a folder a split: each executor writes the files of its
 * shards, the driver writes the manifest when all are there.
 */
public final class DatasetPreparation {

  private final JavaSparkContext spark;
  private final DatasetSettings dataset;
  private final long seed;

  /**
   * @param seed of the permutation that deals the images
   */
  public DatasetPreparation(JavaSparkContext spark, DatasetSettings dataset, long seed) {
    this.spark = spark;
    this.dataset = dataset;
    this.seed = seed;
  }

  /**
   * Writes a split into its folder below {@code output}, in place of shards that lie there.
   *
   * @throws org.bcgd.failure.DataException if too many images are unreadable
   * @throws SettingsException if the split would be read from that very folder
   */
  public DatasetManifest write(Split split, String output) {
    ShardSource source = ShardSource.of(dataset, seed, split, spark.hadoopConfiguration());
    Folder folder =
        Folder.at(output, spark.hadoopConfiguration()).folder(ShardSource.folderOf(split));
    if (source.describe().equals(folder.toString())) {
      throw new SettingsException(
          "The shards in " + folder + " cannot replace themselves: write to another folder.");
    }
    try (ShardedDataset images = ShardedDataset.load(spark, source, dataset.corruptThreshold())) {
      // A folder without a manifest is not complete: an older one must not outlive its files.
      folder.delete(DatasetManifest.NAME);
      spark.setJobDescription("writing " + folder);
      WriteShard write =
          new WriteShard(
              folder.toString(),
              source.classNames().size(),
              new HadoopConfiguration(spark.hadoopConfiguration()));
      List<ShardFile> files =
          images.shards().mapPartitionsWithIndex(write, true).collect().stream()
              .map(ShardFile::fromJson)
              .toList();
      DatasetManifest manifest = manifest(source, files);
      deleteOldShards(folder, files);
      folder.write(DatasetManifest.NAME, out -> out.write(manifest.toJson()));
      return manifest;
    }
  }

  /** An older preparation in more shards left files that no manifest names any more. */
  private static void deleteOldShards(Folder folder, List<ShardFile> files) {
    Set<String> written = files.stream().map(ShardFile::name).collect(Collectors.toSet());
    folder.names().stream()
        .filter(name -> WriteShard.isShardFile(name) && !written.contains(name))
        .forEach(folder::delete);
  }

  private DatasetManifest manifest(ShardSource source, List<ShardFile> files) {
    return new DatasetManifest(
        DatasetManifest.VERSION,
        source.describe(),
        seed,
        source.encoding().rawShape().orElse(null),
        source.classNames(),
        source.shards(),
        files);
  }
}
