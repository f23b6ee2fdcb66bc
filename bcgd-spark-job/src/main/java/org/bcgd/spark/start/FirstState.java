// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.start;

import org.apache.hadoop.conf.Configuration;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.descent.MasterState;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.settings.InitialWeightsSettings;
import org.bcgd.spark.settings.Settings;

/** The state before the first step, as the settings ask for it. */
public final class FirstState {

  private FirstState() {}

  /**
   * Weights at random or of another training; norms and resolutions from the first minibatch where
   * they are to be taken from it.
   *
   * @throws org.bcgd.failure.CheckpointException if the other training's checkpoint is missing,
   *     damaged or does not fit
   */
  public static MasterState of(
      Settings settings, ParameterLayout layout, StartFromData data, Configuration hadoop) {
    StartingPoint start = startingPoint(settings, layout, hadoop);
    if (settings.initialWeights().norms() == InitialWeightsSettings.Norms.FROM_DATA) {
      start.takeNorms(data::norms);
    }
    return start.state(state -> data.resolutions(state, settings.resolution()));
  }

  private static StartingPoint startingPoint(
      Settings settings, ParameterLayout layout, Configuration hadoop) {
    return settings
        .initialWeights()
        .from()
        .map(
            from -> {
              Checkpoint checkpoint = RunFolder.checkpoint(from, hadoop);
              return StartingPoint.of(checkpoint, layout, from);
            })
        .orElseGet(() -> StartingPoint.random(layout, settings.run().seed()));
  }
}
