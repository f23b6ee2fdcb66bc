// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.failure.StorageException;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.report.ConfusionMatrix;
import org.bcgd.spark.report.Environment;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.Metrics;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.storage.MetricsFile;

/**
 * What a run folder holds. Only metrics are needed; a run that goes on or was killed has no result
 * yet.
 *
 * @param name what to call it
 * @param folder where it lies
 * @param metrics at least one line
 * @param settings its effective settings, HOCON
 * @param environment what computed it
 * @param confusion of its newest evaluation
 * @param result how it ended
 */
public record RunRecord(
    String name,
    String folder,
    List<Metrics> metrics,
    Optional<String> settings,
    Optional<Environment> environment,
    Optional<ConfusionMatrix> confusion,
    Optional<Result> result) {

  public RunRecord {
    metrics = List.copyOf(metrics);
  }

  /** Reads one JSON file. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(String json) throws JsonProcessingException;
  }

  /**
   * Reads a run folder on any Hadoop file system.
   *
   * @throws StorageException if it has no metrics, or a file of it is damaged
   */
  public static RunRecord read(String uri, Configuration hadoop) {
    Folder folder = Folder.at(uri, hadoop);
    String full = folder.toString();
    return new RunRecord(
        full.substring(full.lastIndexOf('/') + 1),
        full,
        metrics(folder),
        text(folder, RunFolder.SETTINGS),
        json(folder, RunFolder.ENVIRONMENT, Environment::fromJson),
        json(folder, RunFolder.CONFUSION, ConfusionMatrix::fromJson),
        json(folder, RunFolder.RESULT, Result::fromJson));
  }

  /** The same run under another name. */
  RunRecord named(String other) {
    return new RunRecord(other, folder, metrics, settings, environment, confusion, result);
  }

  /** Its steps, in order. */
  List<StepMetrics> steps() {
    return only(StepMetrics.class);
  }

  /** Its complete epochs, in order. */
  List<EpochMetrics> epochs() {
    return only(EpochMetrics.class);
  }

  /** Its evaluations, in order. */
  List<EvaluationMetrics> evaluations() {
    return only(EvaluationMetrics.class);
  }

  private <T extends Metrics> List<T> only(Class<T> kind) {
    return metrics.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<Metrics> metrics(Folder folder) {
    List<String> lines =
        text(folder, MetricsFile.NAME)
            .orElseThrow(
                () ->
                    new StorageException(
                        "There is no %s in %s: name the folder of a run (run.folder of its settings)."
                            .formatted(MetricsFile.NAME, folder)))
            .lines()
            .toList();
    List<Metrics> metrics = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        metrics.addAll(RunLog.read(new StringReader(lines.get(i))));
      } catch (UncheckedIOException e) {
        // A kill may cut the last line short.
        if (i < lines.size() - 1) {
          throw damaged(folder, MetricsFile.NAME, "line %d: %s".formatted(i + 1, lines.get(i)), e);
        }
      }
    }
    if (metrics.isEmpty()) {
      throw new StorageException(
          "%s holds no line of metrics yet: wait until the run has made a step."
              .formatted(folder.nameOf(MetricsFile.NAME)));
    }
    return metrics;
  }

  private static <T> Optional<T> json(Folder folder, String name, Reading<T> reading) {
    return text(folder, name)
        .map(
            text -> {
              try {
                return reading.of(text);
              } catch (JsonProcessingException e) {
                throw damaged(folder, name, e.getOriginalMessage(), e);
              }
            });
  }

  private static Optional<String> text(Folder folder, String name) {
    if (!folder.holds(name)) {
      return Optional.empty();
    }
    try (var in = folder.open(name)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StorageException(
          "The file %s cannot be read: %s".formatted(folder.nameOf(name), e.getMessage()), e);
    }
  }

  private static StorageException damaged(
      Folder folder, String name, String what, Exception cause) {
    return new StorageException(
        "The file %s is damaged, %s. Restore it, or leave the run out."
            .formatted(folder.nameOf(name), what),
        cause);
  }
}
