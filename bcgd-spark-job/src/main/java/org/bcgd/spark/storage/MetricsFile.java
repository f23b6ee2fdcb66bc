// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.bcgd.failure.StorageException;

/**
 * The growing file of a run's metrics, one line each. A run that goes on keeps the lines up to
 * where it goes on; not even a stop while it is opened loses them.
 */
public final class MetricsFile extends OutputStream {

  /** Its name in the folder of a run. */
  public static final String NAME = "metrics.jsonl";

  private static final String KEPT = "metrics-kept.jsonl";

  private final FSDataOutputStream out;

  private MetricsFile(FSDataOutputStream out) {
    this.out = out;
  }

  /**
   * Opens the metrics file of a run folder for writing.
   *
   * @param keep which lines of an earlier start of the run stay
   */
  public static Writer open(Folder folder, Predicate<String> keep) {
    try {
      List<String> kept = lines(folder, folder.holds(KEPT) ? KEPT : NAME, keep);
      folder.write(KEPT, aside -> writeLines(kept, aside));
      MetricsFile metrics = new MetricsFile(folder.grow(NAME));
      writeLines(kept, metrics);
      metrics.flush();
      folder.delete(KEPT);
      return new OutputStreamWriter(metrics, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StorageException(
          "The file " + folder.nameOf(NAME) + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
  }

  /** Hands what was written to the file system, where others can read it. */
  @Override
  public void flush() throws IOException {
    out.hflush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static List<String> lines(Folder folder, String name, Predicate<String> keep)
      throws IOException {
    if (!folder.holds(name)) {
      return List.of();
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(folder.open(name), StandardCharsets.UTF_8))) {
      return reader.lines().filter(keep).toList();
    }
  }

  private static void writeLines(List<String> lines, OutputStream out) throws IOException {
    for (String line : lines) {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
