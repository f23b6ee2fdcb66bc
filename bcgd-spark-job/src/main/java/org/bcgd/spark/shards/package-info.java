// SPDX-License-Identifier: Apache-2.0
/**
 * A dataset as logical shards, one to a Spark partition: {@link
 * org.bcgd.spark.shards.ShardedDataset} holds them on the executors, {@link
 * org.bcgd.spark.shards.ShardSource} says where they come from (the dataset as it was published, or
 * prepared shards), {@link org.bcgd.spark.shards.DatasetPreparation} writes prepared ones.
 *
 * <p>Imports {@code wire}, {@code settings} and {@code storage}.
 */
package org.bcgd.spark.shards;
