// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * {@code export.json}: what was exported, and what it is worth.
 *
 * @param network architecture or graph
 * @param step of the checkpoint
 * @param fileBytes by the name of the file
 * @param floatBytes of the same parameters in float32
 * @param layers those with weights
 * @param images judged
 * @param trainingTopOne share of hits of the training engine's forward pass
 * @param packedTopOne share of hits of the packed model
 * @param speed measured on the machine that exported
 */
public record DeploymentReport(
    String network,
    long step,
    Map<String, Long> fileBytes,
    long floatBytes,
    List<LayerCost> layers,
    long images,
    double trainingTopOne,
    double packedTopOne,
    ClassifySpeed speed) {

  /** Indented JSON. */
  public String toJson() {
    try {
      return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a report of plain values is always written", e);
    }
  }
}
