// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * {@code confusion.json}: what the newest evaluation of a run took each class for.
 *
 * @param step steps done before it
 * @param classes their names, by label
 * @param counts images by true and predicted class, [label][answer]
 */
public record ConfusionMatrix(long step, List<String> classes, List<List<Long>> counts) {

  public ConfusionMatrix {
    classes = List.copyOf(classes);
    counts = counts.stream().map(List::copyOf).toList();
  }

  /** Of counts as an array, [label, answer]. */
  public static ConfusionMatrix of(long step, List<String> classes, long[][] counts) {
    return new ConfusionMatrix(
        step,
        classes,
        Arrays.stream(counts).map(row -> LongStream.of(row).boxed().toList()).toList());
  }

  /** JSON. */
  public String toJson() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("names and counts are always written", e);
    }
  }

  /** Reads what {@link #toJson} gives. */
  public static ConfusionMatrix fromJson(String json) throws JsonProcessingException {
    return Json.MAPPER.readValue(json, ConfusionMatrix.class);
  }
}
