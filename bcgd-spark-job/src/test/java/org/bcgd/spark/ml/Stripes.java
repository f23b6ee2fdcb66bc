// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.shards.StripedImage;

/** Grey images of 12 x 12 with noise and stripes: level, upright and aslant, labels 0, 1 and 2. */
final class Stripes {

  static final int SIDE = 12;
  static final int CLASSES = 3;

  static final StructType SCHEMA =
      new StructType()
          .add("image", ImageSchema.columnSchema())
          .add("label", DataTypes.DoubleType)
          .add("name", DataTypes.StringType);

  private static final List<String> NAMES = List.of("level", "upright", "aslant");

  private Stripes() {}

  /** So many rows, the classes in turn: image, label and the class's name. */
  static List<Row> rows(int count, long seed) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % CLASSES;
      byte[] pixels = StripedImage.pixels(SIDE, label, RandomKey.of(seed).with(i).generator());
      rows.add(row(image("stripes-" + i, pixels), label));
    }
    return rows;
  }

  static Row row(Row image, double label) {
    return RowFactory.create(image, label, NAMES.get((int) label % CLASSES));
  }

  static Row image(String origin, byte[] pixels) {
    return RowFactory.create(origin, SIDE, SIDE, 1, 0, pixels);
  }

  static Dataset<Row> frame(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  /** A classifier that learns them in a second or two. */
  static QuantizedImageClassifier classifier() {
    return new QuantizedImageClassifier()
        .setArchitecture("lenet5")
        .setChannels(1)
        .setHeight(SIDE)
        .setWidth(SIDE)
        .setEpochs(6)
        .setBatchSize(20)
        .setShards(2)
        .setLearningRate(0.02)
        .setSeed(3);
  }
}
