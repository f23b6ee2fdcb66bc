// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.util.concurrent.CompletableFuture;

/** A file that is replaced again and again while another thread looks for it. */
public final class ReplacedFile {

  private static final String NAME = "best.json";
  private static final int TIMES = 40;

  private ReplacedFile() {}

  /** How often the file was not there. */
  public static int timesMissing(Folder folder) {
    folder.write(NAME, out -> out.write(0));
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < TIMES; i++) {
                int value = i;
                folder.write(NAME, out -> out.write(value));
              }
            });
    int missing = 0;
    while (!writer.isDone()) {
      missing += folder.holds(NAME) ? 0 : 1;
    }
    writer.join();
    return missing;
  }
}
