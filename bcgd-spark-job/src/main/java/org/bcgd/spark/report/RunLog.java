// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedReader;
import java.io.Flushable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.bcgd.spark.report.metrics.Metrics;

/**
 * {@code metrics.jsonl}: one JSON object a line, in the order of events. Each line is flushed, so
 * that a run can be followed and one that is killed leaves whole lines behind it; what storage does
 * not take line by line is secured before a checkpoint.
 */
public final class RunLog implements AutoCloseable {

  private static final ObjectWriter LINE = Json.MAPPER.writerFor(Metrics.class);

  private final Writer writer;
  private final Flushable storage;

  /** A log that owns {@code writer}, whose flush is all that its lines need. */
  public RunLog(Writer writer) {
    this(writer, writer);
  }

  /**
   * A log that owns {@code writer}.
   *
   * @param storage its flush brings the lines to where the end of this process does not reach them
   */
  public RunLog(Writer writer, Flushable storage) {
    this.writer = writer;
    this.storage = storage;
  }

  /**
   * Appends a line.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Metrics metrics) {
    try {
      writer.write(LINE.writeValueAsString(metrics) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("metrics of step " + metrics.step() + " are not written", e);
    }
  }

  /**
   * Makes sure that the lines so far outlive this process.
   *
   * @throws UncheckedIOException if it cannot
   */
  public void secure() {
    try {
      storage.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("metrics are not written", e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  /**
   * The lines of a log.
   *
   * @throws UncheckedIOException if a line cannot be read; a last line cut short by a kill included
   */
  public static List<Metrics> read(Reader reader) {
    return new BufferedReader(reader).lines().map(RunLog::parse).toList();
  }

  /**
   * Whether a line belongs to the first {@code step} steps. A line that a kill cut short does not.
   */
  public static boolean isUpTo(long step, String line) {
    try {
      return Json.MAPPER.readValue(line, Metrics.class).step() <= step;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static Metrics parse(String line) {
    try {
      return Json.MAPPER.readValue(line, Metrics.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not a line of metrics: " + line, e);
    }
  }
}
