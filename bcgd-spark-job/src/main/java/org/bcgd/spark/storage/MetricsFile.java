// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.bcgd.failure.StorageException;

/**
 * The growing file of a run's metrics, one line each. A run that goes on keeps the lines up to
 * where it goes on; not even a stop while it is opened loses them.
 */
public abstract sealed class MetricsFile extends OutputStream
    permits FollowedMetrics, AppendedMetrics {

  /** Its name in the folder of a run. */
  public static final String NAME = "metrics.jsonl";

  /**
   * Opens the metrics file of a run folder for writing.
   *
   * @param keep which lines of an earlier start of the run stay
   */
  public static MetricsFile open(Folder folder, Predicate<String> keep) {
    try {
      return folder.showsWhenClosed()
          ? AppendedMetrics.begin(folder, keep)
          : FollowedMetrics.begin(folder, keep);
    } catch (IOException e) {
      throw new StorageException(
          "The file " + folder.nameOf(NAME) + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Brings what was written to where the end of this process does not reach it. */
  public abstract void secure() throws IOException;

  static List<String> lines(Folder folder, String name, Predicate<String> keep) throws IOException {
    if (!folder.holds(name)) {
      return List.of();
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(folder.open(name), StandardCharsets.UTF_8))) {
      return reader.lines().filter(keep).toList();
    }
  }

  static void writeLines(List<String> lines, OutputStream out) throws IOException {
    for (String line : lines) {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
