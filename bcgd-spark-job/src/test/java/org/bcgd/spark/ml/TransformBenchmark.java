// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.bcgd.data.ImageShape;
import org.bcgd.packed.PackedFormat;

/**
 * Images a second of {@code transform} on a cached DataFrame of raw images, two threads.
 *
 * <p>Arguments: a packed model, images, rounds.
 */
public final class TransformBenchmark {

  private TransformBenchmark() {}

  /** Prints each round; the first holds Spark's and Java's start. */
  public static void main(String[] arguments) throws IOException {
    QuantizedImageClassificationModel model =
        new QuantizedImageClassificationModel(
            "benchmark",
            PackedFormat.read(Files.readAllBytes(Path.of(arguments[0])), arguments[0]));
    ImageShape shape = model.model().preprocessing().output();
    int count = Integer.parseInt(arguments[1]);
    try (SparkSession spark =
        SparkSession.builder().master("local[2]").appName("transform").getOrCreate()) {
      spark.sparkContext().setLogLevel("WARN");
      List<Row> rows = IntStream.range(0, count).mapToObj(i -> image(shape, i)).toList();
      StructType schema = new StructType().add("image", ImageSchema.columnSchema());
      Dataset<Row> images = spark.createDataFrame(rows, schema).repartition(2).cache();
      images.count();
      for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
        long start = System.nanoTime();
        Row said = model.transform(images).agg(functions.sum("prediction")).first();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT, "%.0f images/s, labels add up to %s%n", count / seconds, said.get(0));
      }
    }
  }

  private static Row image(ImageShape shape, int seed) {
    byte[] pixels = new byte[shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * (seed % 97 + 3) + i / 57);
    }
    return RowFactory.create(
        RowFactory.create("image " + seed, shape.height(), shape.width(), 3, 16, pixels));
  }
}
