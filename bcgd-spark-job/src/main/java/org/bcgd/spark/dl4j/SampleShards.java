// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.source.Split;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.failure.DataException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.given.GivenGraph;
import org.bcgd.network.given.GivenSample;
import org.bcgd.network.given.GivenSamples;
import org.bcgd.network.given.SampleForm;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.run.RunImages;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.shards.given.GivenImage;
import org.bcgd.spark.shards.given.ImageCensus;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The samples of an RDD as shards, kept from one fit to the next. They are numbered by the digests
 * of their values, so that equal samples give equal shards in whatever order and partitions they
 * come.
 */
final class SampleShards implements RunImages, AutoCloseable {

  private static final int NAMED = 5;

  private final ImageShape image;
  private final int classes;
  private final ShardedDataset dataset;

  private SampleShards(ImageShape image, int classes, ShardedDataset dataset) {
    this.image = image;
    this.classes = classes;
    this.dataset = dataset;
  }

  /**
   * Reads the RDD and deals its samples.
   *
   * @param graph tells how vectors become images
   * @param settings number of shards and seed
   * @throws DataException if there are no samples, or some cannot be trained on
   */
  static SampleShards of(
      JavaSparkContext spark, JavaRDD<MultiDataSet> sets, GivenGraph graph, Settings settings) {
    spark.setJobDescription("looking at the first DataSet");
    SampleForm form =
        sets.map(SampleForm::of).take(1).stream()
            .findFirst()
            .orElseThrow(() -> new DataException("the RDD has no DataSets to train on"));
    ImageShape image = form.image(graph);
    int classes = form.classes();
    spark.setJobDescription("reading the samples");
    ImageCensus census =
        ImageCensus.of(
            sets.mapPartitionsWithIndex(
                (partition, part) -> images(part, partition, image, classes), false),
            image);
    requireUsable(census);
    spark.setJobDescription("dealing " + census.size() + " samples");
    RandomKey key = RandomKey.of(settings.run().seed()).with(Split.TRAINING.ordinal());
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    return new SampleShards(
        image, classes, census.deal(spark, settings.dataset().shards(), key, names));
  }

  private static void requireUsable(ImageCensus census) {
    List<String> unusable = census.unreadable().images();
    if (!unusable.isEmpty()) {
      throw new DataException(
          "%d samples or DataSets of the RDD cannot be trained on, %d can:\n  %s%s"
              .formatted(
                  unusable.size(),
                  census.size(),
                  String.join("\n  ", unusable.stream().limit(NAMED).toList()),
                  unusable.size() > NAMED ? "\n  ..." : ""));
    }
    if (census.size() == 0) {
      throw new DataException("the DataSets of the RDD have no samples to train on");
    }
  }

  private static Iterator<GivenImage> images(
      Iterator<MultiDataSet> part, int partition, ImageShape image, int classes) {
    GivenSamples reader = new GivenSamples(image, classes);
    int[] next = {0}; // number of the dataset in its partition
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(part, 0), false)
        .flatMap(
            set -> reader.of(set, "partition " + partition + ", DataSet " + next[0]++).stream())
        .map(sample -> image(sample, image))
        .iterator();
  }

  private static GivenImage image(GivenSample sample, ImageShape shape) {
    return new GivenImage(new ImageEncoding.Floats(shape), sample.image(), sample.defect());
  }

  /** Shape of every sample. */
  ImageShape image() {
    return image;
  }

  int classes() {
    return classes;
  }

  /** Samples of each shard, [shards]. */
  int[] sizes() {
    return dataset.sizes();
  }

  @Override
  public ShardedDataset training(Preprocessing preprocessing, NetworkDefinition network) {
    return dataset.lent();
  }

  @Override
  public Optional<ShardedDataset> judging(Preprocessing preprocessing, NetworkDefinition network) {
    return Optional.empty();
  }

  @Override
  public void close() {
    dataset.close();
  }
}
