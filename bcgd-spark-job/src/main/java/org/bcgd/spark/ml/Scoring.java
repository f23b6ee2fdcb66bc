// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.data.transform.integrity.FileIntegrity;
import org.bcgd.failure.DataException;
import org.bcgd.packed.QuantizedModel;
import org.bcgd.spark.prediction.Batches;
import org.bcgd.spark.prediction.ModelBroadcast;
import org.bcgd.spark.shards.given.GivenImage;

/**
 * The task of a transform: rows, a few at a time, with what a model says of their images added to
 * them.
 */
final class Scoring implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  /** What is said of an image. */
  enum Answer {
    LOGITS,
    PROBABILITIES,
    PREDICTION
  }

  private final Broadcast<ModelBroadcast> model;
  private final int images; // the column that holds them
  private final List<Answer> answers; // by the columns that are added
  private final double[] thresholds; // [classes], or [0] where there are none
  private final InvalidRows invalid;

  Scoring(
      Broadcast<ModelBroadcast> model,
      int images,
      List<Answer> answers,
      double[] thresholds,
      InvalidRows invalid) {
    this.model = model;
    this.images = images;
    this.answers = answers;
    this.thresholds = thresholds.clone();
    this.invalid = invalid;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return Batches.map(rows, batch -> model.value().use(loaded -> scored(loaded, batch)));
  }

  private List<Row> scored(QuantizedModel loaded, List<Row> batch) {
    int size = loaded.model().preprocessing().output().size();
    boolean[] sound = new boolean[batch.size()];
    float[] pixels = new float[batch.size() * size]; // [N, C, H, W]
    int count = 0;
    for (int i = 0; i < sound.length; i++) {
      sound[i] = prepare(loaded, batch.get(i).get(images), pixels, count * size);
      count += sound[i] ? 1 : 0;
    }
    float[] logits = count == 0 ? pixels : loaded.logits(Arrays.copyOf(pixels, count * size));
    int classes = loaded.model().labels().size();
    List<Row> rows = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < sound.length; i++) {
      if (sound[i]) {
        rows.add(with(batch.get(i), answers(doubles(logits, next++ * classes, classes))));
      } else if (invalid == InvalidRows.KEEP) {
        rows.add(with(batch.get(i), new Object[answers.size()]));
      }
    }
    return rows;
  }

  /** Whether a row can be judged; if it cannot, and must, that is an error. */
  private boolean prepare(QuantizedModel loaded, Object cell, float[] pixels, int offset) {
    try {
      prepare(loaded.model().preprocessing(), cell, pixels, offset);
      return true;
    } catch (DataException e) {
      if (invalid == InvalidRows.ERROR) {
        throw new DataException(
            e.getMessage() + ". Set handleInvalid to skip or keep to go on without it", e);
      }
      return false;
    }
  }

  private Object[] answers(double[] logits) {
    double[] probabilities = Probabilities.softmax(logits.clone());
    return answers.stream()
        .map(
            answer ->
                switch (answer) {
                  case LOGITS -> new DenseVector(logits);
                  case PROBABILITIES -> new DenseVector(probabilities);
                  case PREDICTION -> Probabilities.prediction(probabilities, thresholds);
                })
        .toArray();
  }

  private static Row with(Row row, Object[] added) {
    Object[] values = new Object[row.size() + added.length];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    System.arraycopy(added, 0, values, row.size(), added.length);
    return RowFactory.create(values);
  }

  /**
   * The logits of one image.
   *
   * @throws DataException if it is null or cannot be read
   */
  static double[] logits(QuantizedModel model, Object cell) {
    Preprocessing preprocessing = model.model().preprocessing();
    float[] pixels = new float[preprocessing.output().size()]; // [C, H, W]
    prepare(preprocessing, cell, pixels, 0);
    float[] logits = model.logits(pixels);
    return doubles(logits, 0, logits.length);
  }

  private static void prepare(
      Preprocessing preprocessing, Object cell, float[] pixels, int offset) {
    GivenImage image = new ImageColumn(preprocessing.output()).image(cell, 0);
    ImageEncoding encoding = image.encodingFor(preprocessing.output());
    byte[] bytes = image.in(encoding).bytes();
    Optional<String> defect = image.found().or(() -> FileIntegrity.defect(bytes));
    if (defect.isPresent()) {
      throw new DataException(image.image().name() + ": " + defect.get());
    }
    preprocessing.evaluation(encoding, bytes, pixels, offset);
  }

  private static double[] doubles(float[] values, int from, int count) {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = values[from + i];
    }
    return doubles;
  }
}
