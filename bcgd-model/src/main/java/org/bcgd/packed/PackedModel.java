// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.engine.folded.FoldedNetwork;

/**
 * All that is needed to classify images.
 *
 * @param name of the network's architecture
 * @param network what is computed
 * @param labels names of the classes, in the order of the logits
 * @param preprocessing from stored images to the network's input
 * @param provenance where it came from: software, settings, digest of the weights; sorted by name
 */
public record PackedModel(
    String name,
    FoldedNetwork network,
    List<String> labels,
    Preprocessing preprocessing,
    Map<String, String> provenance) {

  public PackedModel {
    labels = List.copyOf(labels);
    provenance = new TreeMap<>(provenance);
    if (labels.size() != network.classes()) {
      throw new IllegalArgumentException(
          labels.size() + " labels for " + network.classes() + " classes");
    }
    if (network.image().channels() != preprocessing.output().channels()
        || network.image().height() != preprocessing.output().height()
        || network.image().width() != preprocessing.output().width()) {
      throw new IllegalArgumentException(
          "images of " + preprocessing.output() + " for a network that takes " + network.image());
    }
  }
}
