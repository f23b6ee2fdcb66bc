// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;
import static org.bcgd.spark.settings.hocon.ValueType.number;
import static org.bcgd.spark.settings.hocon.ValueType.text;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import java.util.Optional;
import org.bcgd.data.source.Split;
import org.bcgd.spark.settings.hocon.Section;
import org.bcgd.spark.settings.hocon.ValueType;

/**
 * Section {@code dataset}: the images and how they are spread.
 *
 * @param format how they are stored
 * @param path a file or folder, any Hadoop URI; none for the sample
 * @param shards logical shards, the number of tasks of a step; part of the result, unlike the
 *     number of executors
 * @param corruptThreshold share of unreadable images beyond which the run stops, 0..1
 * @param trainingLimit use only so many training images, drawn by the seed
 * @param evaluationLimit the same for the images of evaluation
 */
public record DatasetSettings(
    DatasetKind format,
    Optional<String> path,
    int shards,
    double corruptThreshold,
    Optional<Integer> trainingLimit,
    Optional<Integer> evaluationLimit) {

  static DatasetSettings read(Section dataset) {
    DatasetSettings settings =
        new DatasetSettings(
            dataset.value("format", choice(DatasetKind.class), DatasetKind.FASHION_MNIST_SAMPLE),
            dataset.optional("path", text("hdfs:///data/cifar10")),
            dataset.value("shards", wholeNumber(1, 65536, 2), 2),
            dataset.value("corrupt-threshold", number(0, 1, 0.001), 0.001),
            dataset.optional("training-limit", wholeNumber(1, Integer.MAX_VALUE, 10000)),
            dataset.optional("evaluation-limit", wholeNumber(1, Integer.MAX_VALUE, 1000)));
    dataset.check(
        settings.path.isPresent() || !settings.format.needsPath(),
        "this format needs a path, such as --set dataset.path=hdfs:///data/cifar10",
        "path",
        "format");
    settings.checkLimit(dataset, "training-limit", settings.trainingLimit);
    settings.checkLimit(dataset, "evaluation-limit", settings.evaluationLimit);
    return settings;
  }

  private void checkLimit(Section dataset, String key, Optional<Integer> limit) {
    dataset.check(
        limit.isEmpty() || format != DatasetKind.PREPARED,
        "prepared shards are used whole: give the limit to prepare and unset it here (= null)",
        key,
        "format");
  }

  /** Format and path, for people. */
  public String title() {
    return ValueType.nameOf(format) + path.map(at -> " in " + at).orElse("");
  }

  /** Use only so many images of a split, drawn by the seed. */
  public Optional<Integer> limit(Split split) {
    return switch (split) {
      case TRAINING -> trainingLimit;
      case EVALUATION -> evaluationLimit;
    };
  }
}
