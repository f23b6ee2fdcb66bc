// SPDX-License-Identifier: Apache-2.0
package org.bcgd.checkpoint;

import java.util.Map;
import java.util.TreeMap;
import org.bcgd.descent.MasterState;
import org.bcgd.parameters.ParameterLayout;

/**
 * All that a run needs to go on as if it had never stopped, and to know what it is.
 *
 * @param network the network's definition, as text; equal text means the same network
 * @param layout the map of the state's vectors
 * @param state weights, momentum and step
 * @param provenance where it came from: settings, software, machine; sorted by name
 */
public record Checkpoint(
    String network, ParameterLayout layout, MasterState state, Map<String, String> provenance) {

  public Checkpoint {
    provenance = new TreeMap<>(provenance);
    if (layout.size() != state.weights().length) {
      throw new IllegalArgumentException(
          "a layout of " + layout.size() + " values for a state of " + state.weights().length);
    }
  }
}
