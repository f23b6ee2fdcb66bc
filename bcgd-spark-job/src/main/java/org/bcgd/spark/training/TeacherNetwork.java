// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.failure.CheckpointException;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.executor.Labels;
import org.bcgd.spark.executor.Lesson;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.executor.Teacher;
import org.bcgd.spark.settings.DistillationSettings;
import org.bcgd.spark.settings.InputSettings;
import org.bcgd.spark.settings.Settings;

/** The float network of another run, whose outputs a run learns beside the labels. */
final class TeacherNetwork {

  private TeacherNetwork() {}

  /**
   * What the settings want to be learnt.
   *
   * @throws CheckpointException if the teacher is missing, damaged or no float network
   * @throws SettingsException if its input is normalised in another way
   */
  static Lesson lesson(JavaSparkContext spark, Settings settings) {
    return settings
        .distillation()
        .<Lesson>map(distillation -> teacher(spark, settings, distillation))
        .orElseGet(Labels::new);
  }

  private static Teacher teacher(
      JavaSparkContext spark, Settings settings, DistillationSettings distillation) {
    String from = distillation.from();
    Checkpoint checkpoint = RunFolder.checkpoint(from, spark.hadoopConfiguration());
    requireFloat(checkpoint, from);
    Checkpoints.settingsOf(checkpoint)
        .ifPresent(trained -> requireSameInput(trained, settings, from));
    NetworkDefinition network =
        NetworkDefinition.fromJson(
            "the teacher in " + from,
            checkpoint.network(),
            settings.input().shape(),
            settings.network().classes());
    return new Teacher(
        spark.broadcast(
            new NetworkExecution(network, settings.execution(), settings.input().preprocessing())),
        spark.broadcast(PackedSnapshot.of(weights(checkpoint))),
        distillation.weight(),
        distillation.temperature());
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
          "The teacher in "
              + from
              + " is a quantized network. Name the run of a float network in distillation.from.");
    }
  }

  private static void requireSameInput(Settings trained, Settings settings, String from) {
    InputSettings theirs = trained.input();
    InputSettings ours = settings.input();
    if (!List.of(theirs.shape(), theirs.mean(), theirs.deviation())
        .equals(List.of(ours.shape(), ours.mean(), ours.deviation()))) {
      throw new SettingsException(
          "The teacher in "
              + from
              + " takes images of another shape or normalisation: mean "
              + theirs.mean()
              + " and deviation "
              + theirs.deviation()
              + ". Set input.mean and input.deviation to these.");
    }
  }
}
