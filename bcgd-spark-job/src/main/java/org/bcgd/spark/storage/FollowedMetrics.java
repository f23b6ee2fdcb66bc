// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FSDataOutputStream;

/** Metrics on a file system: others can read each line as soon as it is flushed. */
final class FollowedMetrics extends MetricsFile {

  private static final String KEPT = "metrics-kept.jsonl";

  private final FSDataOutputStream out;

  private FollowedMetrics(FSDataOutputStream out) {
    this.out = out;
  }

  static FollowedMetrics begin(Folder folder, Predicate<String> keep) throws IOException {
    List<String> kept = lines(folder, folder.holds(KEPT) ? KEPT : NAME, keep);
    folder.write(KEPT, aside -> writeLines(kept, aside));
    FollowedMetrics metrics = new FollowedMetrics(folder.grow(NAME));
    writeLines(kept, metrics);
    metrics.flush();
    folder.delete(KEPT);
    return metrics;
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
  }

  @Override
  public void flush() throws IOException {
    out.hflush();
  }

  @Override
  public void secure() throws IOException {
    flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
