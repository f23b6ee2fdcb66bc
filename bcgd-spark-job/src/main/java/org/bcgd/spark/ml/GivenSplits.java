// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bcgd.data.source.Split;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.failure.DataException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.run.RunImages;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.shards.Unreadable;
import org.bcgd.spark.shards.given.GivenImage;
import org.bcgd.spark.shards.given.ImageCensus;

/** The rows of a DataFrame to train on, and those to judge by. */
final class GivenSplits implements RunImages {

  private final JavaSparkContext spark;
  private final Settings settings;
  private final List<String> classNames;
  private final ImageCensus training;
  private final Optional<ImageCensus> judging;

  private GivenSplits(
      JavaSparkContext spark,
      Settings settings,
      List<String> classNames,
      ImageCensus training,
      Optional<ImageCensus> judging) {
    this.spark = spark;
    this.settings = settings;
    this.classNames = classNames;
    this.training = training;
    this.judging = judging;
  }

  /**
   * Counts the images of a DataFrame.
   *
   * @throws DataException if one cannot be used and rows must not be left out, or none is left
   */
  static GivenSplits of(
      QuantizedImageClassifier classifier, Dataset<?> data, Settings settings, LabelColumn labels) {
    Column isJudged =
        classifier.isSet(classifier.validationIndicatorCol())
            ? coalesce(
                col(classifier.getOrDefault(classifier.validationIndicatorCol())), lit(false))
            : lit(false);
    Dataset<Row> cells =
        data.select(col(classifier.getFeaturesCol()), col(labels.name()), isJudged.as("judged"));
    Column judged = cells.col("judged");
    InvalidRows invalid = InvalidRows.named(classifier.getOrDefault(classifier.handleInvalid()));
    return new GivenSplits(
        JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext()),
        settings,
        labels.classes(),
        census(cells.filter(not(judged)), settings, invalid),
        classifier.isSet(classifier.validationIndicatorCol())
            ? Optional.of(census(cells.filter(judged), settings, invalid))
            : Optional.empty());
  }

  private static ImageCensus census(Dataset<Row> cells, Settings settings, InvalidRows invalid) {
    ImageColumn column = new ImageColumn(settings.input().shape());
    JavaRDD<GivenImage> images =
        cells.toJavaRDD().map(row -> column.image(row.get(0), (int) row.getDouble(1)));
    ImageCensus census = ImageCensus.of(images, settings.input().shape());
    Unreadable unreadable = census.unreadable();
    int all = census.size() + unreadable.images().size();
    if (invalid == InvalidRows.ERROR && !unreadable.images().isEmpty()) {
      throw new DataException(
          unreadable.describe(all, "the DataFrame")
              + ". Mend or remove them, or set handleInvalid to skip");
    }
    if (census.size() == 0) {
      throw new DataException("the DataFrame has no images to use among " + all + " rows");
    }
    unreadable.warn(all, "the DataFrame");
    return census;
  }

  /** Tells apart images to train on; those to judge by make no other training. */
  String fingerprint() {
    return training.fingerprint();
  }

  @Override
  public ShardedDataset training(Preprocessing preprocessing, NetworkDefinition network) {
    return dealt(training, Split.TRAINING);
  }

  @Override
  public Optional<ShardedDataset> judging(Preprocessing preprocessing, NetworkDefinition network) {
    return judging.map(census -> dealt(census, Split.EVALUATION));
  }

  private ShardedDataset dealt(ImageCensus census, Split split) {
    spark.setJobDescription("dealing " + census.size() + " images");
    RandomKey key = RandomKey.of(settings.run().seed()).with(split.ordinal());
    return census.deal(spark, settings.dataset().shards(), key, classNames);
  }
}
