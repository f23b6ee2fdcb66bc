// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import org.bcgd.failure.SettingsException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/** Reads a graph from JSON, and says what is wrong with a text that is none. */
final class GraphJson {

  private static final String WANTED =
      "expected what ComputationGraphConfiguration.toJson() writes";

  private GraphJson() {}

  static ComputationGraphConfiguration read(String name, String json) {
    ComputationGraphConfiguration graph = parse(name, json);
    if (graph == null || graph.getNetworkInputs() == null || graph.getNetworkOutputs() == null) {
      throw new SettingsException(
          "network " + name + ": the JSON lacks networkInputs or networkOutputs; " + WANTED);
    }
    return graph;
  }

  private static ComputationGraphConfiguration parse(String name, String json) {
    try {
      return NeuralNetConfiguration.mapper().readValue(json, ComputationGraphConfiguration.class);
    } catch (JsonProcessingException e) {
      throw new SettingsException(
          "network " + name + ": " + e.getOriginalMessage() + "; " + WANTED, e);
    }
  }
}
