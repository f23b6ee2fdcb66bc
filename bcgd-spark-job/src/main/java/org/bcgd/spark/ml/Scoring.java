// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.transform.ImageDecoder;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.failure.DataException;
import org.bcgd.packed.QuantizedModel;
import org.bcgd.spark.prediction.ModelBroadcast;
import org.bcgd.spark.shards.given.GivenImage;

/** What a model says of the image of a row: logits, probabilities and the predicted label. */
final class Scoring implements UDF1<Object, Row> {

  private static final long serialVersionUID = 1;

  static final String RAW_PREDICTION = "rawPrediction";
  static final String PROBABILITY = "probability";
  static final String PREDICTION = "prediction";

  /** Of the answer. */
  static final StructType TYPE =
      new StructType()
          .add(RAW_PREDICTION, SQLDataTypes.VectorType())
          .add(PROBABILITY, SQLDataTypes.VectorType())
          .add(PREDICTION, DataTypes.DoubleType);

  private final Broadcast<ModelBroadcast> model;
  private final double[] thresholds; // [classes], or [0] where there are none
  private final InvalidRows invalid;

  Scoring(Broadcast<ModelBroadcast> model, double[] thresholds, InvalidRows invalid) {
    this.model = model;
    this.thresholds = thresholds.clone();
    this.invalid = invalid;
  }

  /** The answer, or null for a row that cannot be judged and may be passed over. */
  @Override
  public Row call(Object cell) {
    try {
      double[] logits = model.value().use(loaded -> logits(loaded, cell));
      double[] probabilities = Probabilities.softmax(logits.clone());
      return RowFactory.create(
          new DenseVector(logits),
          new DenseVector(probabilities),
          Probabilities.prediction(probabilities, thresholds));
    } catch (DataException e) {
      if (invalid == InvalidRows.ERROR) {
        throw new DataException(
            e.getMessage() + ". Set handleInvalid to skip or keep to go on without it", e);
      }
      return null;
    }
  }

  /**
   * The logits of one image.
   *
   * @throws DataException if it is null or cannot be read
   */
  static double[] logits(QuantizedModel model, Object cell) {
    Preprocessing preprocessing = model.model().preprocessing();
    GivenImage image = new ImageColumn(preprocessing.output()).image(cell, 0);
    ImageEncoding encoding = image.encodingFor(preprocessing.output());
    byte[] bytes = image.in(encoding).bytes();
    Optional<String> defect = image.found().or(() -> ImageDecoder.fileDefect(bytes));
    if (defect.isPresent()) {
      throw new DataException(image.image().name() + ": " + defect.get());
    }
    float[] pixels = new float[preprocessing.output().size()]; // [C, H, W]
    preprocessing.evaluation(encoding, bytes, pixels, 0);
    float[] logits = model.logits(pixels);
    double[] values = new double[logits.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = logits[k];
    }
    return values;
  }
}
