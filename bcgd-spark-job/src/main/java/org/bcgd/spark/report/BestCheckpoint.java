// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * {@code best.json}: which checkpoint of a run was judged best so far.
 *
 * @param step of the checkpoint
 * @param top1 share of the images of evaluation whose label came first, 0..1
 */
public record BestCheckpoint(long step, double top1) {

  /** Indented JSON. */
  public String toJson() {
    return Json.indented(this);
  }

  /** Reads what {@link #toJson} gives. */
  public static BestCheckpoint fromJson(String json) throws JsonProcessingException {
    return Json.MAPPER.readValue(json, BestCheckpoint.class);
  }
}
