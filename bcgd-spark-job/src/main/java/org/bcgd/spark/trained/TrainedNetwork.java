// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.trained;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.data.source.Split;
import org.bcgd.descent.MasterState;
import org.bcgd.engine.folded.Folding;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.failure.CheckpointException;
import org.bcgd.failure.DataException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.packed.PackedModel;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardSource;
import org.bcgd.spark.storage.Folder;

/**
 * What a run has trained so far, at its quantized weights.
 *
 * @param settings of its run
 * @param network that it is
 * @param state of its checkpoint
 */
public record TrainedNetwork(Settings settings, NetworkDefinition network, MasterState state) {

  /**
   * Opens a checkpoint.
   *
   * @param settings of its run
   * @param from a checkpoint file, or a run folder for its newest
   * @throws CheckpointException if it is missing, damaged or of another network
   */
  public static TrainedNetwork of(Settings settings, String from, Configuration hadoop) {
    NetworkDefinition network = settings.network(file -> Folder.textOf(file, hadoop));
    Checkpoint checkpoint = RunFolder.checkpoint(from, hadoop);
    if (!checkpoint.network().equals(network.json())) {
      throw new CheckpointException(
          "The checkpoint "
              + from
              + " is of another network than the settings describe: "
              + network
              + ". Give the settings of its run.");
    }
    return new TrainedNetwork(settings, network, checkpoint.state());
  }

  /** w = Q(w_f). */
  public WeightSnapshot weights() {
    return settings.update(network.layout(), 1).quantize(state);
  }

  /** As it was trained. */
  public NetworkExecution execution() {
    return new NetworkExecution(network, settings.execution(), settings.input().preprocessing());
  }

  /**
   * The images that its settings judge by.
   *
   * @throws DataException if they are missing or do not fit the network
   */
  public ShardSource images(Configuration hadoop) {
    ShardSource source =
        ShardSource.of(settings.dataset(), settings.run().seed(), Split.EVALUATION, hadoop);
    source.requireFit(settings.input().preprocessing(), network.classes());
    return source;
  }

  /**
   * Folded for inference.
   *
   * @param classNames by label
   * @param software names and versions to remember with the model
   */
  public PackedModel packed(List<String> classNames, Map<String, String> software) {
    WeightSnapshot weights = weights();
    Map<String, String> provenance = new TreeMap<>(software);
    provenance.put("settings", settings.effective());
    provenance.put("step", String.valueOf(state.step()));
    provenance.put("weights", PackedSnapshot.of(weights).digest());
    return new PackedModel(
        network.name(),
        Folding.of(GraphReader.read(network, slice -> weights.quantized(slice).isEmpty()), weights),
        classNames,
        settings.input().preprocessing(),
        provenance);
  }
}
