// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bcgd.failure.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsProblemsTest {

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                SettingsText.with(
                    "run.seed = -1",
                    "activation.bits = 4",
                    "weights.bits = 9",
                    "input.augmentation = pad-crop"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            """
            4 problems in the settings:
              run.seed = -1 (test.conf: 6): needed is a whole number from 0, such as 1
              input.augmentation = pad-crop (test.conf: 9): needed is one of flip, none, \
            pad-crop-flip, random-resized-crop-flip
              weights.bits = 9 (test.conf: 8): needed is a whole number from 1 to 8, or 32 for \
            float, such as 1
              activation = { ... } (test.conf: 7): unknown key; did you mean activations?""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          training.learningrate = 1           | did you mean training.learning-rate?
          training.rho = 0.1                  | did you mean blending.rho?
          evaluation.batchsize = 1            | did you mean evaluation.batch-size?
          run.colour = red                    | known here: checkpoint-every-steps, folder, keep-checkpoints, seed
          blending.rho = 1.5                  | needed is a number from 0 to 1, such as 1.0E-5
          blending.rho = NaN                  | needed is a number from 0 to 1
          blending = binaryconnect            | did you mean binary-connect?
          blending { rho = 0.5 }              | rho is above its maximum; raise the maximum
          activations.bits = 0                | needed is a whole number from 1 to 8, or 32 for float
          weights.bits = 16                   | needed is a whole number from 1 to 8, or 32 for float
          weights.bits = one                  | weights.bits = one (test.conf: 6): needed is a whole number
          weights.layers = al                 | did you mean all?
          activations.derivative = clippedrelu | did you mean clipped-relu?
          activations.rounding = [up]         | needed is one of up, nearest
          network.architecture = resnet-20    | did you mean resnet20?
          network.graph = my.json             | needed is exactly one of the two
          network.architecture = null         | needed is exactly one of the two
          network.classes = null              | network.classes (test.conf): missing; needed is a whole number from 2
          training.learning-rate = 0.1        | training.learning-rate = 0.1 (test.conf: 6): needed is a section
          training.learning-rate.schedule = step | a step schedule needs milestones
          training.learning-rate.milestones = [140, 80] | needed is an ascending list of epochs
          training.momentum = 1               | needed is a number from 0 to below 1
          training.batch-size = 7             | training.batch-size = 7 (test.conf: 6), dataset.shards = 2 (default): the batch size must be a multiple of the number of shards
          aggregation.quorum = 3              | a quorum of more shards than there are
          aggregation { quorum = 1, reduction = sliced } | a quorum is gathered flat
          aggregation.minibatches = 3         | a shard's part of the batch must be a multiple of its minibatches
          aggregation { averaging-frequency = 2, precision = bfloat16 } | local steps send weights, which travel in float32 only
          input.mean = [0.1, 0.2]             | needed is one number for each channel
          input.deviation = [0]               | needed is a list, each a number above 0
          input.channels = 2                  | needed is 1 or 3
          dataset.format = idx                | this format needs a path, such as --set dataset.path=
          dataset { format = image-folder, path = x } | images of this format have another number of channels
          resolution.start = 0.0001           | the start lies outside the bounds
          resolution { minimum = 2, maximum = 1 } | the minimum is above the maximum
          relaxation { initial = 2 }          | relaxation.hard-from-epoch (test.conf): missing
          relaxation { hard-from-epoch = 1 }, weights.bits = 32 | relaxation moves weights towards quantized ones
          """)
  void everyMistakeHasItsMessage(String line, String message) {
    assertThatThrownBy(() -> SettingsText.with(line))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith("a problem in the settings:");
  }

  @Test
  void overrideIsNamedAsTheOrigin() {
    assertThatThrownBy(() -> SettingsText.overridden("training.epochs=many"))
        .hasMessageContaining("training.epochs = many (--set training.epochs=many)");
    assertThatThrownBy(() -> SettingsText.overridden("training.epochs"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("--set training.epochs: needed is key=value, such as --set training.epochs=3");
  }

  @Test
  void aKeyThatIsNoPathIsAnError() {
    assertThatThrownBy(() -> SettingsText.overridden("run..seed=3"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("run..seed");
  }

  @Test
  void brokenTextIsNamedWithItsLine() {
    assertThatThrownBy(() -> SettingsText.with("run {", "seed = "))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("test.conf: 7");
    assertThatThrownBy(() -> SettingsText.with("run.folder = ${nowhere}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("test.conf: 6")
        .hasMessageContaining("${nowhere}");
  }

  @Test
  void missingFilesAreNamed(@TempDir Path folder) throws IOException {
    Path absent = folder.resolve("absent.conf");
    assertThatThrownBy(() -> Settings.read(absent, List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("settings file " + absent + " does not exist");

    Path file = folder.resolve("main.conf");
    Files.writeString(file, "include \"absent.conf\"\n" + SettingsText.REQUIRED);
    assertThatThrownBy(() -> Settings.read(file, List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage("included file absent.conf is not beside the file that includes it");
  }

  @Test
  void floatWeightsMayKeepTheirBlending() {
    assertThatCode(() -> SettingsText.with("weights.bits = 32", "blending.rho = 1e-5"))
        .doesNotThrowAnyException();
  }
}
