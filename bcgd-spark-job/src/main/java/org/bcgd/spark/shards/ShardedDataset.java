// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.bcgd.data.ImageShard;
import org.bcgd.spark.wire.Serialized;

/**
 * The shards of one split on the executors: partition p holds shard p, persisted as bytes. A lost
 * partition is loaded again from its source.
 */
public final class ShardedDataset implements AutoCloseable {

  private final Runnable release;
  private final JavaRDD<ImageShard> shards;
  private final List<ShardSize> sizes; // [shards]
  private final List<String> classNames; // by label

  private ShardedDataset(
      Runnable release,
      JavaRDD<ImageShard> shards,
      List<ShardSize> sizes,
      List<String> classNames) {
    this.release = release;
    this.shards = shards;
    this.classNames = classNames;
    this.sizes = sizes;
  }

  /**
   * Loads all shards.
   *
   * @param unreadableThreshold share of unreadable images, 0..1, beyond which loading fails
   * @throws org.bcgd.failure.DataException if more images than that are unreadable; it names the
   *     first of them
   */
  public static ShardedDataset load(
      JavaSparkContext spark, ShardSource source, double unreadableThreshold) {
    List<Integer> numbers = IntStream.range(0, source.shards()).boxed().toList();
    spark.setJobDescription("loading " + source.describe());
    // Every task of every step carries how its partition came to be: it must not carry the source,
    // which may hold the names of a million files and all settings of Hadoop.
    Broadcast<Serialized<ShardSource>> everywhere = spark.broadcast(new Serialized<>(source));
    JavaRDD<ImageShard> shards =
        spark
            .parallelize(new ArrayList<>(numbers), source.shards())
            .map(shard -> everywhere.value().value().load(shard));
    return counted(
        everywhere,
        shards,
        source.classNames(),
        sizes ->
            Unreadable.in(sizes)
                .requireAtMost(unreadableThreshold, source.images(), source.describe()));
  }

  /**
   * Shards that were put together elsewhere.
   *
   * @param source what a lost partition is loaded from; destroyed when this fails, or what it gives
   *     is closed
   * @param shards one to a partition, in their order; computed anew they must come out the same
   * @param classNames by label
   */
  public static ShardedDataset of(
      Broadcast<?> source, JavaRDD<ImageShard> shards, List<String> classNames) {
    return counted(source, shards, classNames, sizes -> {});
  }

  /** Loads what {@code shards} gives, and gives all of it up if that, or the check, fails. */
  private static ShardedDataset counted(
      Broadcast<?> source,
      JavaRDD<ImageShard> shards,
      List<String> classNames,
      Consumer<List<ShardSize>> check) {
    JavaRDD<ImageShard> loaded = shards.persist(StorageLevel.MEMORY_AND_DISK());
    Runnable release =
        () -> {
          loaded.unpersist(false);
          source.destroy();
        };
    try {
      List<ShardSize> sizes = loaded.map(ShardSize::of).collect();
      check.accept(sizes);
      return new ShardedDataset(release, loaded, sizes, classNames);
    } catch (Throwable failure) { // what Spark says of a failed task is no RuntimeException
      try {
        release.run();
      } catch (RuntimeException stopped) {
        failure.addSuppressed(stopped);
      }
      throw failure;
    }
  }

  /** The same shards for one who does not own them: closing what this gives does nothing. */
  public ShardedDataset lent() {
    return new ShardedDataset(() -> {}, shards, sizes, classNames);
  }

  /** The shards, one to a partition. */
  public JavaRDD<ImageShard> shards() {
    return shards;
  }

  /** Number of images of each shard, [shards]. */
  public int[] sizes() {
    return sizes.stream().mapToInt(ShardSize::images).toArray();
  }

  /** Names of the classes, by label. */
  public List<String> classNames() {
    return classNames;
  }

  /** Number of images. */
  public int size() {
    return sizes.stream().mapToInt(ShardSize::images).sum();
  }

  /** What the images take, in bytes. */
  public long bytes() {
    return sizes.stream().mapToLong(ShardSize::bytes).sum();
  }

  /** Gives the executors their memory back. */
  @Override
  public void close() {
    release.run();
  }
}
