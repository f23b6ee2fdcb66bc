// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.trained;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.failure.CheckpointException;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.folder.Checkpoints;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.settings.InputSettings;
import org.bcgd.spark.settings.Settings;

/**
 * The float network of another run, on the images of this one.
 *
 * @param execution of its network
 * @param weights as they are in its checkpoint
 */
public record FloatNetwork(NetworkExecution execution, WeightSnapshot weights) {

  /**
   * @param from its checkpoint, or a run folder for its newest one
   * @param settings of this run
   * @throws CheckpointException if it is missing, damaged or no float network
   * @throws SettingsException if its input is normalised in another way
   */
  public static FloatNetwork of(String from, Settings settings, Configuration hadoop) {
    Checkpoint checkpoint = RunFolder.checkpoint(from, hadoop);
    requireFloat(checkpoint, from);
    Checkpoints.settingsOf(checkpoint)
        .ifPresent(trained -> requireSameInput(trained, settings, from));
    NetworkDefinition network =
        NetworkDefinition.fromJson(
            "the float network in " + from,
            checkpoint.network(),
            settings.input().shape(),
            settings.network().classes());
    return new FloatNetwork(
        new NetworkExecution(network, settings.execution(), settings.input().preprocessing()),
        weights(checkpoint));
  }

  /**
   * The teacher whose outputs a run learns beside the labels, if its settings ask for one.
   *
   * @throws CheckpointException if it is missing, damaged or no float network
   * @throws SettingsException if its input is normalised in another way
   */
  public static Optional<FloatNetwork> teacher(Settings settings, Configuration hadoop) {
    return settings.distillation().map(distillation -> of(distillation.from(), settings, hadoop));
  }

  private static WeightSnapshot weights(Checkpoint checkpoint) {
    ParameterLayout layout = checkpoint.layout();
    return new WeightSnapshot(
        layout,
        Collections.nCopies(layout.slices().size(), Optional.empty()),
        checkpoint.state().weights());
  }

  private static void requireFloat(Checkpoint checkpoint, String from) {
    boolean quantized =
        checkpoint.layout().withRole(ParameterRole.RESOLUTION).findAny().isPresent()
            || Checkpoints.settingsOf(checkpoint).map(s -> !s.weights().isFloat()).orElse(false);
    if (quantized) {
      throw new CheckpointException(
          "The network in " + from + " is quantized, where a float one is needed.");
    }
  }

  private static void requireSameInput(Settings trained, Settings settings, String from) {
    InputSettings theirs = trained.input();
    InputSettings ours = settings.input();
    if (!List.of(theirs.shape(), theirs.mean(), theirs.deviation())
        .equals(List.of(ours.shape(), ours.mean(), ours.deviation()))) {
      throw new SettingsException(
          "The float network in "
              + from
              + " takes images of another shape or normalisation: mean "
              + theirs.mean()
              + " and deviation "
              + theirs.deviation()
              + ". Set input.mean and input.deviation to these.");
    }
  }
}
