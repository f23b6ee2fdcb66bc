// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards.given;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.checksum.Sha256;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.ImageShard;
import org.bcgd.data.ShardAssignment;
import org.bcgd.failure.DataException;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.shards.ShardFilling;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.shards.Unreadable;
import scala.Tuple2;

/**
 * The images of an RDD, counted and numbered in the order of their digests. Equal images give equal
 * shards, whatever the partitions, their order and the cluster.
 */
public final class ImageCensus {

  private final JavaRDD<GivenImage> images;
  private final ImageShape input;
  private final List<PartitionCensus> partitions;
  private final List<Numbered> numbered; // by rank

  private record Numbered(ImageDigest digest, int partition, int index) {}

  private ImageCensus(
      JavaRDD<GivenImage> images, ImageShape input, List<PartitionCensus> partitions) {
    this.images = images;
    this.input = input;
    this.partitions = partitions;
    this.numbered = numbered(partitions);
  }

  /**
   * Counts.
   *
   * @param images read here and once more by {@link #deal}
   * @param input what the network takes
   */
  public static ImageCensus of(JavaRDD<GivenImage> images, ImageShape input) {
    return new ImageCensus(
        images,
        input,
        images
            .mapPartitions(part -> List.of(PartitionCensus.of(part, input)).iterator())
            .collect());
  }

  /** Number of images that can be used. */
  public int size() {
    return numbered.size();
  }

  /** Those that cannot. */
  public Unreadable unreadable() {
    return new Unreadable(
        partitions.stream().flatMap(partition -> partition.unreadable().stream()).toList());
  }

  /** SHA-256 of the digests of all images: equal images, equal fingerprints. */
  public String fingerprint() {
    MessageDigest fingerprint = Sha256.start();
    ByteBuffer bits = ByteBuffer.allocate(2 * Long.BYTES);
    for (Numbered image : numbered) {
      bits.clear().putLong(image.digest.high()).putLong(image.digest.low()).flip();
      fingerprint.update(bits);
    }
    return HexFormat.of().formatHex(fingerprint.digest());
  }

  /** An encoding that serves all of them: raw pixels where every image has the network's size. */
  ImageEncoding encoding() {
    int forms = partitions.stream().mapToInt(PartitionCensus::forms).reduce(0, (a, b) -> a | b);
    if (forms == PartitionCensus.FLOATS) {
      return new ImageEncoding.Floats(input);
    }
    if ((forms & PartitionCensus.OTHER) != 0) {
      return new ImageEncoding.Compressed();
    }
    int channels = forms == PartitionCensus.GREY ? 1 : 3;
    return new ImageEncoding.Raw(new ImageShape(channels, input.height(), input.width()));
  }

  /**
   * Deals the images to shards, as those of a published dataset are dealt.
   *
   * @param key draws the permutation
   * @param classNames by label
   * @throws org.bcgd.failure.SettingsException if there are fewer images than shards
   */
  public ShardedDataset deal(
      JavaSparkContext spark, int shards, RandomKey key, List<String> classNames) {
    Broadcast<ArrayList<Deal>> deals = spark.broadcast(deals(shards, key));
    ImageEncoding encoding = encoding();
    JavaRDD<ImageShard> dealt =
        images
            .mapPartitionsWithIndex(
                (partition, part) -> places(deals.value().get(partition), part, encoding), false)
            .mapToPair(pair -> pair)
            .repartitionAndSortWithinPartitions(new ByShard(shards))
            .mapPartitions(sorted -> List.of(shard(sorted, encoding)).iterator());
    return ShardedDataset.of(deals, dealt, classNames);
  }

  private ArrayList<Deal> deals(int shards, RandomKey key) {
    int[][] ranks = partitions.stream().map(part -> new int[part.size()]).toArray(int[][]::new);
    int[][] chosen = partitions.stream().map(part -> new int[part.size()]).toArray(int[][]::new);
    ShardAssignment assignment = new ShardAssignment(size(), shards, key);
    for (int shard = 0; shard < shards; shard++) {
      for (int rank : assignment.samplesOf(shard)) {
        Numbered image = numbered.get(rank);
        ranks[image.partition][image.index] = rank;
        chosen[image.partition][image.index] = shard;
      }
    }
    ArrayList<Deal> deals = new ArrayList<>();
    for (int p = 0; p < ranks.length; p++) {
      deals.add(partitions.get(p).deal(ranks[p], chosen[p]));
    }
    return deals;
  }

  private static List<Numbered> numbered(List<PartitionCensus> partitions) {
    List<Numbered> images = new ArrayList<>();
    for (int p = 0; p < partitions.size(); p++) {
      for (int i = 0; i < partitions.get(p).size(); i++) {
        images.add(new Numbered(partitions.get(p).digest(i), p, i));
      }
    }
    images.sort(
        Comparator.<Numbered>comparingLong(image -> image.digest.high())
            .thenComparingLong(image -> image.digest.low()));
    return images;
  }

  private static Iterator<Tuple2<Long, DealtImage>> places(
      Deal deal, Iterator<GivenImage> images, ImageEncoding encoding) {
    Map<ImageDigest, Queue<Long>> places = deal.places();
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(images, 0), false)
        .filter(image -> image.found().isEmpty())
        .flatMap(image -> place(image, places, encoding))
        .iterator();
  }

  private static Stream<Tuple2<Long, DealtImage>> place(
      GivenImage image, Map<ImageDigest, Queue<Long>> places, ImageEncoding encoding) {
    Long place = places.getOrDefault(ImageDigest.of(image), new ArrayDeque<>()).poll();
    if (place != null) {
      return Stream.of(new Tuple2<>(place, new DealtImage(image.in(encoding))));
    }
    if (image.defect().isPresent()) {
      return Stream.empty();
    }
    throw new DataException(
        image.image().name()
            + " was not among the images when they were read the first time: what gives them is"
            + " not the same each time. Persist the DataFrame, or write it to files first.");
  }

  private static ImageShard shard(
      Iterator<Tuple2<Long, DealtImage>> sorted, ImageEncoding encoding) {
    ShardFilling filling = new ShardFilling(encoding);
    sorted.forEachRemaining(placed -> filling.addSound(placed._2.image()));
    return filling.finish();
  }
}
