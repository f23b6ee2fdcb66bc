// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.failure.CheckpointException;
import org.bcgd.failure.SettingsException;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.spark.executor.Labels;
import org.bcgd.spark.executor.Lesson;
import org.bcgd.spark.executor.Teacher;
import org.bcgd.spark.settings.DistillationSettings;
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
    FloatNetwork teacher =
        FloatNetwork.of(distillation.from(), settings, spark.hadoopConfiguration());
    return new Teacher(
        spark.broadcast(teacher.execution()),
        spark.broadcast(PackedSnapshot.of(teacher.weights())),
        distillation.weight(),
        distillation.temperature());
  }
}
