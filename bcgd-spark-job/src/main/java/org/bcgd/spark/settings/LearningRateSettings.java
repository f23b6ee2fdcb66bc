// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;
import static org.bcgd.spark.settings.hocon.ValueType.listOf;
import static org.bcgd.spark.settings.hocon.ValueType.positive;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import java.util.List;
import java.util.stream.IntStream;
import org.bcgd.descent.Decay;
import org.bcgd.descent.LearningRate;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code training.learning-rate}: the learning rate η of the weights over the epochs.
 *
 * @param initial η before any decay
 * @param schedule how η falls
 * @param milestones epochs, counted from 0, at whose start the step schedule multiplies η
 * @param factor of each milestone
 * @param warmupEpochs epochs of linear growth from near zero
 */
public record LearningRateSettings(
    double initial, Schedule schedule, List<Integer> milestones, double factor, int warmupEpochs) {

  /** How η falls. */
  public enum Schedule {
    /** Not at all. */
    CONSTANT,
    /** By a factor at each milestone. */
    STEP,
    /** Along half a cosine to zero at the last epoch. */
    COSINE
  }

  static LearningRateSettings read(Section learningRate) {
    LearningRateSettings settings =
        new LearningRateSettings(
            learningRate.required("initial", positive(0.01)),
            learningRate.value("schedule", choice(Schedule.class), Schedule.CONSTANT),
            learningRate.value(
                "milestones", listOf(wholeNumber(1, Integer.MAX_VALUE, 80)), List.of()),
            learningRate.value("factor", positive(0.1), 0.1),
            learningRate.value("warmup-epochs", wholeNumber(0, Integer.MAX_VALUE, 5), 0));
    learningRate.check(
        settings.milestonesAscend(), "needed is an ascending list of epochs", "milestones");
    learningRate.check(
        settings.schedule != Schedule.STEP || !settings.milestones.isEmpty(),
        "a step schedule needs milestones, such as [80, 140]",
        "schedule",
        "milestones");
    return settings;
  }

  /** η over a training of so many epochs, as the model speaks of it. */
  LearningRate over(int epochs) {
    Decay decay =
        switch (schedule) {
          case CONSTANT -> new Decay.Constant();
          case STEP -> new Decay.Step(milestones, factor);
          case COSINE -> new Decay.Cosine(epochs);
        };
    return new LearningRate(initial, decay, warmupEpochs);
  }

  private boolean milestonesAscend() {
    return IntStream.range(1, milestones.size())
        .allMatch(i -> milestones.get(i - 1) < milestones.get(i));
  }
}
