// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.trained;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.spark.executor.Lesson;
import org.bcgd.spark.executor.Teacher;
import org.bcgd.spark.settings.DistillationSettings;
import org.bcgd.spark.settings.Settings;

/** The float network of another run, whose outputs a run learns beside the labels. */
public final class TeacherNetwork {

  private TeacherNetwork() {}

  /**
   * The teacher that the settings ask for, if they do.
   *
   * @throws org.bcgd.failure.CheckpointException if it is missing, damaged or no float network
   * @throws org.bcgd.failure.SettingsException if its input is normalised in another way
   */
  public static Optional<FloatNetwork> of(Settings settings, Configuration hadoop) {
    return settings
        .distillation()
        .map(distillation -> FloatNetwork.of(distillation.from(), settings, hadoop));
  }

  /** What is to be learnt of a teacher, which is broadcast to the executors. */
  public static Lesson lesson(
      JavaSparkContext spark, DistillationSettings distillation, FloatNetwork teacher) {
    return new Teacher(
        spark.broadcast(teacher.execution()),
        spark.broadcast(PackedSnapshot.of(teacher.weights())),
        distillation.weight(),
        distillation.temperature());
  }
}
