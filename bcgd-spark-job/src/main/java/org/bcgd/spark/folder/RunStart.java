// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.folder;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.descent.MasterState;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.storage.Folder;

/** A run that begins in the midst of a training, with a state that a program gives. */
public final class RunStart {

  private RunStart() {}

  /**
   * Leaves the state as a checkpoint in the run folder of the settings, from which a run goes on.
   *
   * @param software names and versions to remember with the checkpoint
   */
  public static void write(
      Settings settings, MasterState state, Map<String, String> software, Configuration hadoop) {
    new Checkpoints(
            RunFolder.at(settings.run().folder(), hadoop),
            settings.network(graph -> Folder.textOf(graph, hadoop)),
            settings,
            software)
        .save(state);
  }
}
