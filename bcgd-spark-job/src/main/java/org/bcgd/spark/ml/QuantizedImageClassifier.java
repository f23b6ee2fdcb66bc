// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a quantized network on a DataFrame of images by Blended Coarse Gradient Descent, as a
 * stage of Spark ML.
 *
 * <pre>
 *   QuantizedImageClassificationModel model =
 *       new QuantizedImageClassifier()
 *           .setFeaturesCol("content")
 *           .setLabelCol("label")
 *           .setArchitecture("resnet20")
 *           .setHeight(32)
 *           .setWidth(32)
 *           .fit(images);
 * </pre>
 *
 * <p>{@code featuresCol}, {@code image} by default, holds structs as Spark's source {@code image}
 * gives them or the bytes of JPEG and PNG files; {@code labelCol} whole numbers from 0. It is the
 * training of the verb {@code train}: equal images, settings and seed give equal bits, in whatever
 * partitions the rows lie.
 */
public final class QuantizedImageClassifier extends SettingsParams
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1;

  private String uid; // set while the superclass is constructed, hence without a value here

  private final Param<String> handleInvalid = InvalidRows.param(this);
  private final Param<String> validationIndicatorCol =
      new Param<>(
          this,
          "validationIndicatorCol",
          "a boolean column: rows where it is true are not trained on but judged by after an epoch");
  private final Param<String> runsFolder =
      new Param<>(
          this,
          "runsFolder",
          "a folder, any Hadoop URI, for checkpoints and metrics: in it each training has a folder"
              + " of its own, named after images and settings, and goes on there where it stopped;"
              + " without it a temporary folder of the driver is used and deleted");

  public QuantizedImageClassifier() {
    this(UidInWaiting.random("quantizedImageClassifier"));
  }

  /** The estimator of that uid. */
  public QuantizedImageClassifier(String uid) {
    this(UidInWaiting.leave(uid));
  }

  private QuantizedImageClassifier(UidInWaiting waiting) {
    super(waiting);
    setDefault(featuresCol(), ImageColumn.DEFAULT_NAME);
    setDefault(handleInvalid, InvalidRows.ERROR.value());
  }

  @Override
  public String uid() {
    if (uid == null) {
      uid = UidInWaiting.take();
    }
    return uid;
  }

  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  public Param<String> validationIndicatorCol() {
    return validationIndicatorCol;
  }

  public Param<String> runsFolder() {
    return runsFolder;
  }

  public QuantizedImageClassifier setHandleInvalid(String value) {
    return (QuantizedImageClassifier) set(handleInvalid, value);
  }

  public QuantizedImageClassifier setValidationIndicatorCol(String value) {
    return (QuantizedImageClassifier) set(validationIndicatorCol, value);
  }

  public QuantizedImageClassifier setRunsFolder(String value) {
    return (QuantizedImageClassifier) set(runsFolder, value);
  }

  /** Called by {@link #fit}, which has cast the labels to doubles. */
  @Override
  public QuantizedImageClassificationModel train(Dataset<?> dataset) {
    return new QuantizedImageClassificationModel(uid(), new Fit(this, dataset).model());
  }

  @Override
  public StructType validateAndTransformSchema(
      StructType schema, boolean fitting, DataType featuresDataType) {
    ImageColumn.require(schema, getFeaturesCol());
    if (fitting && isSet(validationIndicatorCol)) {
      DataType type = schema.apply($(validationIndicatorCol)).dataType();
      if (!type.equals(DataTypes.BooleanType)) {
        throw new IllegalArgumentException(
            "column "
                + $(validationIndicatorCol)
                + " is of type "
                + type.catalogString()
                + "; validationIndicatorCol needs a boolean one");
      }
    }
    return super.validateAndTransformSchema(
        schema, fitting, schema.apply(getFeaturesCol()).dataType());
  }

  @Override
  public QuantizedImageClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<QuantizedImageClassifier> read() {
    return new DefaultParamsReadable<QuantizedImageClassifier>() {}.read();
  }

  /** The estimator that {@code write().save(path)} left. */
  public static QuantizedImageClassifier load(String path) throws IOException {
    return read().load(path);
  }
}
