// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code environment.json}: what computed a run when it was last started.
 *
 * @param facts name to value, such as {@code java} to its version
 */
public record Environment(Map<String, String> facts) {

  public Environment {
    facts = new TreeMap<>(facts);
  }

  /** Indented JSON. */
  public String toJson() {
    return Json.indented(this);
  }

  /** Reads what {@link #toJson} gives. */
  public static Environment fromJson(String json) throws JsonProcessingException {
    return Json.MAPPER.readValue(json, Environment.class);
  }
}
