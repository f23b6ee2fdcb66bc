// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void rowsComeInTheirOrderInBatchesOf32() {
    List<Integer> sizes = new ArrayList<>();
    List<Integer> said = new ArrayList<>();

    Batches.map(
            rows(70, new AtomicInteger()),
            batch -> {
              sizes.add(batch.size());
              return batch;
            })
        .forEachRemaining(row -> said.add(row.getInt(0)));

    assertThat(sizes).containsExactly(32, 32, 6);
    assertThat(said).isEqualTo(IntStream.range(0, 70).boxed().toList());
  }

  @Test
  void noMoreIsReadThanTheBatchesThatAreAskedFor() {
    AtomicInteger read = new AtomicInteger();
    Iterator<Row> said = Batches.map(rows(1_000, read), batch -> batch);
    assertThat(read).hasValue(0);
    for (int i = 0; i < 40; i++) {
      said.next();
    }
    assertThat(read.get()).isBetween(64, 97);
  }

  @Test
  void aBatchOfWhichNothingIsLeftDoesNotEndThePartition() {
    List<Integer> said = new ArrayList<>();

    Batches.map(
            rows(100, new AtomicInteger()),
            batch -> batch.get(0).getInt(0) == 32 ? List.of() : batch.subList(0, 1))
        .forEachRemaining(row -> said.add(row.getInt(0)));

    assertThat(said).containsExactly(0, 64, 96);
  }

  private static Iterator<Row> rows(int count, AtomicInteger read) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              read.incrementAndGet();
              return RowFactory.create(i);
            })
        .iterator();
  }
}
