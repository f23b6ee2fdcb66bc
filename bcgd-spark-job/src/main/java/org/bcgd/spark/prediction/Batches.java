// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.prediction;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** The rows of a partition, a few at a time. */
public final class Batches {

  private static final int TOGETHER = 32; // images that a call classifies

  private Batches() {}

  /**
   * What {@code of} makes of the rows, in their order; no more rows are read than are asked for.
   */
  public static Iterator<Row> map(Iterator<Row> rows, Function<List<Row>, List<Row>> of) {
    return Stream.generate(() -> next(rows))
        .takeWhile(batch -> !batch.isEmpty())
        .flatMap(batch -> of.apply(batch).stream())
        .iterator();
  }

  private static List<Row> next(Iterator<Row> rows) {
    List<Row> batch = new ArrayList<>();
    while (batch.size() < TOGETHER && rows.hasNext()) {
      batch.add(rows.next());
    }
    return batch;
  }
}
