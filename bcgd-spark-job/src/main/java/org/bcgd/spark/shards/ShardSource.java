// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShard;
import org.bcgd.data.ShardAssignment;
import org.bcgd.data.source.DatasetFormat;
import org.bcgd.data.source.FileTree;
import org.bcgd.data.source.ImageSource;
import org.bcgd.data.source.Split;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.failure.DataException;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.settings.DatasetKind;
import org.bcgd.spark.settings.DatasetSettings;
import org.bcgd.spark.storage.HadoopFileTree;

/**
 * Where the shards of one split come from. A shard depends on the source and its number only, so
 * that a lost one is loaded again as it was.
 */
public sealed interface ShardSource extends Serializable permits PublishedShards, PreparedShards {

  /**
   * The shards that the settings ask for.
   *
   * @param seed of the permutation that deals the images of a published dataset
   * @throws org.bcgd.failure.DataException if the dataset is missing or of another format
   * @throws SettingsException if its images are not in files
   */
  static ShardSource of(DatasetSettings dataset, long seed, Split split, Configuration hadoop) {
    if (dataset.format() == DatasetKind.GIVEN) {
      throw new SettingsException(
          "dataset.format = given: these images come from a program, such as the rows of a"
              + " DataFrame. Choose the format of files for a verb.");
    }
    return dataset
        .format()
        .published()
        .<ShardSource>map(format -> published(dataset, format, seed, split, hadoop))
        .orElseGet(
            () ->
                PreparedShards.in(files(dataset, hadoop).below(folderOf(split)), dataset.shards()));
  }

  private static PublishedShards published(
      DatasetSettings dataset, DatasetFormat format, long seed, Split split, Configuration hadoop) {
    FileTree files = format.embeddedFiles().orElseGet(() -> files(dataset, hadoop));
    ImageSource source = format.open(files, split);
    int drawn = Math.min(source.size(), dataset.limit(split).orElse(source.size()));
    RandomKey key = RandomKey.of(seed).with(split.ordinal());
    return new PublishedShards(
        source,
        new ShardAssignment(source.size(), drawn, dataset.shards(), key),
        files.describe() + " (" + split.name().toLowerCase(Locale.ROOT) + ")");
  }

  private static HadoopFileTree files(DatasetSettings dataset, Configuration hadoop) {
    return HadoopFileTree.at(dataset.path().orElseThrow(), hadoop);
  }

  /** Where the prepared shards of a split lie in the folder of a dataset. */
  static String folderOf(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Requires that its images can enter a network.
   *
   * @param classes of the network
   * @throws DataException if shape or classes do not fit
   */
  default void requireFit(Preprocessing preprocessing, int classes) {
    preprocessing.check(encoding());
    if (classNames().size() != classes) {
      throw new DataException(
          describe()
              + " has "
              + classNames().size()
              + " classes, the network "
              + classes
              + ": set network.classes = "
              + classNames().size());
    }
  }

  /** Number of logical shards. */
  int shards();

  /** Number of images over all shards, unreadable ones included. */
  int images();

  ImageEncoding encoding();

  /** The names of the classes, by label. */
  List<String> classNames();

  /**
   * Loads one shard.
   *
   * @throws org.bcgd.failure.DataException if files are missing or damaged
   */
  ImageShard load(int shard);

  /** Where it comes from, for people. */
  String describe();
}
