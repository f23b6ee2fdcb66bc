// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Predicate;

/**
 * Metrics in an object store, whose objects never grow: lines wait in memory until they are
 * secured, and are then appended by writing the object anew.
 */
final class AppendedMetrics extends MetricsFile {

  private final Folder folder;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  private AppendedMetrics(Folder folder) {
    this.folder = folder;
  }

  static AppendedMetrics begin(Folder folder, Predicate<String> keep) throws IOException {
    List<String> kept = lines(folder, NAME, keep);
    folder.write(NAME, out -> writeLines(kept, out));
    return new AppendedMetrics(folder);
  }

  @Override
  public void write(int value) {
    waiting.write(value);
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    waiting.write(bytes, from, count);
  }

  @Override
  public void secure() {
    if (waiting.size() > 0) {
      folder.write(NAME, this::append);
      waiting.reset();
    }
  }

  private void append(OutputStream out) throws IOException {
    try (InputStream before = folder.open(NAME)) {
      before.transferTo(out);
    }
    waiting.writeTo(out);
  }

  @Override
  public void close() {
    secure();
  }
}
