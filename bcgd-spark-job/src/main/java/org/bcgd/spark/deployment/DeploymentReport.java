// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
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
 * @param accuracy of the network in float, in training, packed, and of each ONNX file
 * @param speed measured on the machine that exported
 */
public record DeploymentReport(
    String network,
    long step,
    Map<String, Long> fileBytes,
    long floatBytes,
    List<LayerCost> layers,
    long images,
    List<Accuracy> accuracy,
    ClassifySpeed speed) {

  /** Indented JSON. */
  public String toJson() {
    try {
      return JsonMapper.builder()
          .addModule(new Jdk8Module())
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a report of plain values is always written", e);
    }
  }
}
