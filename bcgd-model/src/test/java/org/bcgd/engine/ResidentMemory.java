// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds in RAM, as Linux tells it. */
final class ResidentMemory {

  private ResidentMemory() {}

  static long kilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
