// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.source.Split;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardSource;
import org.bcgd.spark.shards.ShardedDataset;

/** The two splits of the dataset that the settings name. */
public record DatasetImages(JavaSparkContext spark, Settings settings) implements RunImages {

  @Override
  public ShardedDataset training(Preprocessing preprocessing, NetworkDefinition network) {
    return load(Split.TRAINING, preprocessing, network);
  }

  @Override
  public Optional<ShardedDataset> judging(Preprocessing preprocessing, NetworkDefinition network) {
    return Optional.of(load(Split.EVALUATION, preprocessing, network));
  }

  private ShardedDataset load(Split split, Preprocessing preprocessing, NetworkDefinition network) {
    ShardSource source =
        ShardSource.of(
            settings.dataset(), settings.run().seed(), split, spark.hadoopConfiguration());
    source.requireFit(preprocessing, network.classes());
    return ShardedDataset.load(spark, source, settings.dataset().corruptThreshold());
  }
}
