// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.engine.folded.Folding;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.packed.PackedModel;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.settings.Settings;

/** The deployed model of a checkpoint. */
public final class PackedCheckpoint {

  private PackedCheckpoint() {}

  /**
   * The quantized weights of a checkpoint, folded for inference.
   *
   * @param network of the checkpoint
   * @param settings of its run
   * @param classNames by label
   * @param software names and versions to remember with the model
   */
  public static PackedModel of(
      Checkpoint checkpoint,
      NetworkDefinition network,
      Settings settings,
      List<String> classNames,
      Map<String, String> software) {
    WeightSnapshot weights =
        new BlendedCoarseGradientDescent(
                network.layout(), settings.weights().precision(), settings.descent(), 1)
            .quantize(checkpoint.state());
    Map<String, String> provenance = new TreeMap<>(software);
    provenance.put("settings", settings.effective());
    provenance.put("step", String.valueOf(checkpoint.state().step()));
    provenance.put("weights", PackedSnapshot.of(weights).digest());
    return new PackedModel(
        network.name(),
        Folding.of(GraphReader.read(network, slice -> weights.quantized(slice).isEmpty()), weights),
        classNames,
        settings.input().preprocessing(),
        provenance);
  }
}
