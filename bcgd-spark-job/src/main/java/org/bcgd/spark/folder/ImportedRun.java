// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.folder;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.SettingsException;
import org.bcgd.importing.Naming;
import org.bcgd.importing.Safetensors;
import org.bcgd.importing.WeightImport;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.storage.Folder;

/**
 * A run folder whose only checkpoint holds the weights of another program, at step 0: it can be
 * evaluated, trained on, and named in {@code initial-weights.from}.
 *
 * @param network its name
 * @param weights what came from where
 */
public record ImportedRun(String network, WeightImport weights) {

  private static final String SOURCE = "imported-from";

  /**
   * Imports into the run folder of the settings.
   *
   * @param file a safetensors file, any Hadoop URI
   * @param fresh glob patterns of tensors whose parameters start afresh
   * @param software names and versions to remember with the checkpoint
   * @throws SettingsException if the run folder holds a checkpoint already
   * @throws org.bcgd.failure.DataException if the file is damaged or does not fit the network
   */
  public static ImportedRun write(
      Settings settings,
      String file,
      Naming naming,
      List<String> fresh,
      Map<String, String> software,
      Configuration hadoop) {
    RunFolder folder = RunFolder.at(settings.run().folder(), hadoop);
    NetworkDefinition network = settings.network(graph -> Folder.textOf(graph, hadoop));
    Checkpoints checkpoints =
        new Checkpoints(folder, network, settings, withSource(software, file));
    if (checkpoints.latest().isPresent()) {
      throw new SettingsException(
          "The run folder " + folder + " holds a checkpoint already. Choose another run.folder.");
    }
    ParameterLayout layout = network.layout();
    WeightImport weights =
        WeightImport.of(
            Folder.read(file, hadoop, in -> Safetensors.read(in, file)),
            naming,
            layout,
            fresh,
            InitialWeights.draw(layout, settings.run().seed()));
    folder.writeSettings(settings.effective());
    checkpoints.save(MasterState.start(weights.values()));
    return new ImportedRun(network.name(), weights);
  }

  private static Map<String, String> withSource(Map<String, String> software, String file) {
    Map<String, String> provenance = new TreeMap<>(software);
    provenance.put(SOURCE, file);
    return provenance;
  }
}
