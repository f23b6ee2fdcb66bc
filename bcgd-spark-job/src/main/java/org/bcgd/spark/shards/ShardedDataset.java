// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.bcgd.data.ImageShard;
import org.bcgd.failure.DataException;
import org.bcgd.spark.wire.Serialized;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards of one split on the executors: partition p holds shard p, persisted as bytes. A lost
 * partition is loaded again from its source.
 */
public final class ShardedDataset implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShardedDataset.class);
  private static final int NAMED_IN_MESSAGE = 5;

  private final Broadcast<Serialized<ShardSource>> source;
  private final JavaRDD<LoadedShard> loaded;
  private final int[] sizes; // [shards]
  private final List<String> classNames; // by label

  private ShardedDataset(
      Broadcast<Serialized<ShardSource>> source,
      JavaRDD<LoadedShard> loaded,
      int[] sizes,
      List<String> classNames) {
    this.source = source;
    this.loaded = loaded;
    this.classNames = classNames;
    this.sizes = sizes;
  }

  /**
   * Loads all shards.
   *
   * @param unreadableThreshold share of unreadable images, 0..1, beyond which loading fails
   * @throws DataException if more images than that are unreadable; it names the first of them
   */
  public static ShardedDataset load(
      JavaSparkContext spark, ShardSource source, double unreadableThreshold) {
    List<Integer> numbers = IntStream.range(0, source.shards()).boxed().toList();
    spark.setJobDescription("loading " + source.describe());
    // Every task of every step carries how its partition came to be: it must not carry the source,
    // which may hold the names of a million files and all settings of Hadoop.
    Broadcast<Serialized<ShardSource>> everywhere = spark.broadcast(new Serialized<>(source));
    JavaRDD<LoadedShard> loaded =
        spark
            .parallelize(new ArrayList<>(numbers), source.shards())
            .map(shard -> everywhere.value().value().load(shard))
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<ShardSize> sizes = loaded.map(ShardSize::of).collect();
    requireReadable(source, sizes, unreadableThreshold);
    return new ShardedDataset(
        everywhere,
        loaded,
        sizes.stream().mapToInt(ShardSize::images).toArray(),
        source.classNames());
  }

  /** The shards with their blocks, one to a partition. */
  JavaRDD<LoadedShard> loaded() {
    return loaded;
  }

  /** The shards, one to a partition. */
  public JavaRDD<ImageShard> shards() {
    return loaded.map(LoadedShard::images);
  }

  /** Number of images of each shard, [shards]. */
  public int[] sizes() {
    return sizes.clone();
  }

  /** Names of the classes, by label. */
  public List<String> classNames() {
    return classNames;
  }

  /** Number of images. */
  public int size() {
    return Arrays.stream(sizes).sum();
  }

  /** Gives the executors their memory back. */
  @Override
  public void close() {
    loaded.unpersist(false);
    source.destroy();
  }

  private static void requireReadable(ShardSource source, List<ShardSize> sizes, double threshold) {
    List<String> unreadable = sizes.stream().flatMap(size -> size.unreadable().stream()).toList();
    if (unreadable.isEmpty()) {
      return;
    }
    String message =
        "%d of %d images of %s cannot be decoded (%s%s)"
            .formatted(
                unreadable.size(),
                source.images(),
                source.describe(),
                String.join("; ", unreadable.stream().limit(NAMED_IN_MESSAGE).toList()),
                unreadable.size() > NAMED_IN_MESSAGE ? "; ..." : "");
    if (unreadable.size() > threshold * source.images()) {
      throw new DataException(
          message
              + ", more than dataset.corrupt-threshold = "
              + threshold
              + " allows. Mend or remove them, or raise the threshold");
    }
    LOG.warn("{} and are left out.", message);
  }
}
