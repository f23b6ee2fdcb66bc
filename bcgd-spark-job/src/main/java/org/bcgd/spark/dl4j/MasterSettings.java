// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.spark.settings.LearningRateSettings.Schedule;
import org.bcgd.spark.settings.Settings;

/**
 * What a master was told, and the settings of a training that follow from it.
 *
 * @param overrides key=value over the defaults
 * @param epochs fits of the whole training, where they are known
 * @param folder of the run; a temporary one without
 * @param putBack which weights the graph gets
 */
record MasterSettings(
    List<String> overrides, Optional<Integer> epochs, Optional<String> folder, PutBack putBack) {

  private static final String SOURCE = "the settings of BcgdTrainingMaster";
  private static final String DEFAULTS =
      """
      name = bcgd-training-master
      training { learning-rate { initial = 0.01 } }
      """;
  private static final String UNDECIDED = "undecided";

  /** What the samples or the master itself decide. */
  private static final Pattern DECIDED =
      Pattern.compile(
          "run\\.folder|dataset\\..*|training\\.(batch-size|epochs)"
              + "|(input|network|activations|initial-weights|evaluation|distillation)(\\..*)?");

  private static final List<String> UNSETTLED =
      List.of(
          "run.folder",
          "training.epochs",
          "input",
          "network",
          "activations",
          "initial-weights",
          "evaluation");

  MasterSettings {
    overrides = List.copyOf(overrides);
  }

  /**
   * Checks what can be checked before there are samples.
   *
   * @param values settings by key
   * @throws SettingsException with every problem, one a line
   */
  static MasterSettings of(
      Map<String, String> values,
      int shards,
      int batchSizePerShard,
      Optional<Integer> epochs,
      Optional<String> folder,
      PutBack putBack) {
    List<String> decided = values.keySet().stream().filter(DECIDED.asMatchPredicate()).toList();
    if (!decided.isEmpty()) {
      throw new SettingsException(
          SOURCE
              + ": "
              + decided
              + " follow from the samples, the graph or other methods of the builder");
    }
    List<String> overrides = new ArrayList<>();
    values.forEach((key, value) -> overrides.add(key + "=" + value));
    overrides.add("dataset.shards=" + shards);
    overrides.add("training.batch-size=" + (long) shards * batchSizePerShard);
    MasterSettings settings = new MasterSettings(overrides, epochs, folder, putBack);
    if (settings.before().training().learningRate().schedule() == Schedule.COSINE
        && epochs.isEmpty()) {
      throw new SettingsException(
          SOURCE
              + ": training.learning-rate.schedule = cosine falls over all fits of the training;"
              + " tell their number by epochs(n)");
    }
    return settings;
  }

  /** The settings as far as they are known before there are samples. */
  Settings before() {
    return with(new ImageShape(1, 1, 1), 2, UNDECIDED, 1);
  }

  /** What is settled before there are samples, as JSON. */
  String json() {
    Config settled = before().values();
    for (String key : UNSETTLED) {
      settled = settled.withoutPath(key);
    }
    return settled.root().render(ConfigRenderOptions.concise().setFormatted(true));
  }

  /**
   * The settings of a fit.
   *
   * @param image shape of the samples
   * @param classes of the samples
   * @param run folder of the run, which holds graph and first weights
   * @param fit its number, from 1
   */
  Settings of(ImageShape image, int classes, String run, int fit) {
    if (fit > epochs.orElse(fit)) {
      throw new SettingsException(
          "fit() was called %d times, but the training has epochs(%d)"
              .formatted(fit, epochs.get()));
    }
    return with(image, classes, run, fit);
  }

  private Settings with(ImageShape image, int classes, String run, int fit) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(
        List.of(
            "run.folder=" + run,
            "dataset.format=given",
            "input.channels=" + image.channels(),
            "input.height=" + image.height(),
            "input.width=" + image.width(),
            "input.mean=" + Collections.nCopies(image.channels(), 0), // of floats nothing is
            "input.deviation=" + Collections.nCopies(image.channels(), 1), // taken away
            "network.graph=" + run + "/" + RunFiles.GRAPH,
            "network.classes=" + classes,
            "initial-weights.from=" + run + "/" + RunFiles.FIRST_WEIGHTS,
            "training.epochs=" + epochs.orElse(fit)));
    return Settings.parse(DEFAULTS, SOURCE, all);
  }
}
