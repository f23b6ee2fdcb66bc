// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.number;
import static org.bcgd.spark.settings.hocon.ValueType.positive;
import static org.bcgd.spark.settings.hocon.ValueType.text;

import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code distillation}: what a float network says of the training images is learnt beside
 * their labels.
 *
 * <pre>
 *   ℓ = (1 − weight)·H(label, softmax(z)) + weight·T²·H(teacher, softmax(z / T))      T: temperature
 * </pre>
 *
 * @param from the teacher: a checkpoint, or a run folder for its newest one
 * @param weight of the teacher in the loss, 0..1
 * @param temperature at which both networks' outputs are compared
 */
public record DistillationSettings(String from, double weight, double temperature) {

  static DistillationSettings read(Section distillation) {
    return new DistillationSettings(
        distillation.required("from", text("runs/cifar10-resnet20-float")),
        distillation.value("weight", number(0, 1, 0.9), 0.9),
        distillation.value("temperature", positive(4), 4.0));
  }
}
