// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.prediction;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.transform.ImageDecoder;
import org.bcgd.packed.Classification;
import org.bcgd.packed.QuantizedModel;

/** The task of a prediction: rows of path and content, a few at a time. */
final class PredictPartition implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  private final Broadcast<ModelBroadcast> model;

  PredictPartition(Broadcast<ModelBroadcast> model) {
    this.model = model;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> images) {
    return Batches.map(images, batch -> model.value().use(loaded -> predict(loaded, batch)));
  }

  private static List<Row> predict(QuantizedModel model, List<Row> batch) {
    List<Optional<String>> defects = batch.stream().map(PredictPartition::defect).toList();
    List<byte[]> sound =
        IntStream.range(0, batch.size())
            .filter(i -> defects.get(i).isEmpty())
            .mapToObj(i -> batch.get(i).<byte[]>getAs(1))
            .toList();
    Iterator<Classification> said =
        model.classify(new ImageEncoding.Compressed(), sound).iterator();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String path = batch.get(i).getString(0);
      rows.add(
          defects.get(i).isPresent()
              ? RowFactory.create(path, null, null, defects.get(i).get())
              : row(path, said.next()));
    }
    return rows;
  }

  private static Optional<String> defect(Row image) {
    return image.isNullAt(1)
        ? Optional.of("there is no content")
        : ImageDecoder.defect(image.getAs(1));
  }

  private static Row row(String path, Classification said) {
    return RowFactory.create(path, said.label(), said.probability(), null);
  }
}
