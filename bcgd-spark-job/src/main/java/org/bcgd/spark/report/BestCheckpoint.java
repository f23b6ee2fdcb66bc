// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;

/**
 * {@code best.json}: which checkpoint of a run was judged best so far.
 *
 * @param step of the checkpoint
 * @param top1 share of the images of evaluation whose label came first, 0..1
 */
public record BestCheckpoint(long step, double top1) {

  /** Indented JSON. */
  public String toJson() {
    try {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("plain values are always written", e);
    }
  }

  /** Reads what {@link #toJson} gives. */
  public static BestCheckpoint fromJson(String json) throws JsonProcessingException {
    return Json.MAPPER.readValue(json, BestCheckpoint.class);
  }
}
