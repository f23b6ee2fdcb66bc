// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceTest {

  private static final Settings BEFORE = SettingsText.with();

  @Test
  void settingsDoNotDifferFromThemselves() {
    assertThat(BEFORE.differences(SettingsText.with("run.seed = 1"))).isEmpty();
  }

  @Test
  void eachKeyIsNamedWithBothValues() {
    assertThat(BEFORE.differences(SettingsText.with("run.seed = 2", "dataset.training-limit = 9")))
        .extracting(Difference::toString)
        .containsExactly("dataset.training-limit: not set -> 9", "run.seed: 1 -> 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name = other",
        "run.folder = elsewhere",
        "run.checkpoint-every-steps = 5",
        "run.keep-checkpoints = 5",
        "dataset.evaluation-limit = 5",
        "evaluation.batch-size = 5",
        "execution.threads = 5",
        "training.epochs = 4"
      })
  void whatDoesNotTouchTheDescentMayChange(String line) {
    assertThat(allowed(SettingsText.with(line))).containsExactly(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.seed = 2",
        "dataset.shards = 4",
        "training.epochs = 2",
        "blending = { rho = 0.001 }",
        "weights.bits = 2",
        "input.augmentation = flip"
      })
  void whatTouchesTheDescentMustNotChange(String line) {
    assertThat(allowed(SettingsText.with(line))).containsExactly(false);
  }

  @Test
  void moreEpochsStretchACosine() {
    Settings three = SettingsText.with("training.learning-rate.schedule = cosine");
    Settings four =
        SettingsText.with("training.learning-rate.schedule = cosine", "training.epochs = 4");

    assertThat(three.differences(four))
        .containsExactly(new Difference("training.epochs", "3", "4", false));
  }

  private static List<Boolean> allowed(Settings after) {
    return BEFORE.differences(after).stream().map(Difference::allowedOnResume).toList();
  }
}
