// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.prediction;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bcgd.failure.SettingsException;
import org.bcgd.packed.PackedModel;
import scala.reflect.ClassTag$;

/**
 * Labels for DataFrames of image files.
 *
 * <pre>
 *   path, label, probability, error          a row for each image; either a label or an error
 * </pre>
 *
 * <p>An image that cannot be read is told in its row and does not fail the job.
 */
public final class ImagePrediction {

  /** The columns of the result. */
  public static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("probability", DataTypes.FloatType)
          .add("error", DataTypes.StringType);

  private static final String PATH = "path";
  private static final String CONTENT = "content";

  private final SparkSession spark;
  private final Broadcast<ModelBroadcast> model;

  /** Broadcasts a model. */
  public ImagePrediction(SparkSession spark, PackedModel model) {
    this.spark = spark;
    this.model =
        spark
            .sparkContext()
            .broadcast(new ModelBroadcast(model), ClassTag$.MODULE$.apply(ModelBroadcast.class));
  }

  /**
   * Files and folders, with all that is in them, on any file system that Hadoop reaches.
   *
   * @throws SettingsException if none are named
   */
  public Dataset<Row> ofFiles(List<String> paths) {
    if (paths.isEmpty()) {
      throw new SettingsException("no images are named: give files or folders");
    }
    return of(
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", true)
            .load(paths.toArray(String[]::new)));
  }

  /**
   * Images as Spark's source {@code binaryFile} gives them: the columns {@code path}, a string, and
   * {@code content}, a JPEG or PNG file's bytes.
   *
   * @throws SettingsException if a column is missing or of another type
   */
  public Dataset<Row> of(Dataset<Row> images) {
    require(images, PATH, DataTypes.StringType);
    require(images, CONTENT, DataTypes.BinaryType);
    return images
        .select(PATH, CONTENT)
        .mapPartitions(new PredictPartition(model), Encoders.row(SCHEMA));
  }

  private static void require(Dataset<Row> images, String column, DataType type) {
    List<String> names = new ArrayList<>(List.of(images.columns()));
    if (!names.contains(column) || !images.schema().apply(column).dataType().equals(type)) {
      throw new SettingsException(
          "prediction takes a column "
              + column
              + " of type "
              + type.simpleString()
              + "; the DataFrame has "
              + images.schema().simpleString());
    }
  }
}
