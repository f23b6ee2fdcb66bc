// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.io.FileUtils;

/** Folders of the driver's own, which do not outlive it. */
final class TemporaryFolders {

  private static final Set<Path> THERE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> THERE.forEach(TemporaryFolders::delete)));
  }

  private TemporaryFolders() {}

  /** A new one, empty. */
  static Path create(String prefix) throws IOException {
    Path folder = Files.createTempDirectory(prefix);
    THERE.add(folder);
    return folder;
  }

  /** Deletes one with all it holds; whether nothing is left of it. */
  static boolean delete(Path folder) {
    boolean gone = FileUtils.deleteQuietly(folder.toFile()) || Files.notExists(folder);
    if (gone) {
      THERE.remove(folder);
    }
    return gone;
  }
}
