// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.prediction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** The rows of a partition, a few at a time. */
public final class Batches {

  private static final int TOGETHER = 32; // images that a call classifies

  private Batches() {}

  /**
   * What {@code of} makes of the rows, in their order. A batch is read when its first row is asked
   * for.
   */
  public static Iterator<Row> map(Iterator<Row> rows, Function<List<Row>, List<Row>> of) {
    return new Iterator<>() {

      private Iterator<Row> made = Collections.emptyIterator(); // of the batch read last

      @Override
      public boolean hasNext() {
        while (!made.hasNext() && rows.hasNext()) {
          made = of.apply(batch(rows)).iterator();
        }
        return made.hasNext();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return made.next();
      }
    };
  }

  private static List<Row> batch(Iterator<Row> rows) {
    List<Row> batch = new ArrayList<>();
    while (batch.size() < TOGETHER && rows.hasNext()) {
      batch.add(rows.next());
    }
    return batch;
  }
}
