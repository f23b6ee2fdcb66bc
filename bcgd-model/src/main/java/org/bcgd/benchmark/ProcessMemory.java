// SPDX-License-Identifier: Apache-2.0
package org.bcgd.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.bcgd.engine.memory.MemoryUse;

/**
 * What the memory of a process is for, in bytes.
 *
 * @param peak the most that was resident at any time; empty where the system does not tell
 * @param tensors native memory of the engine's plan
 * @param heap what Java has taken for objects
 * @param code what Java has taken for classes and compiled code
 */
public record ProcessMemory(OptionalLong peak, Map<MemoryUse, Long> tensors, long heap, long code) {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  public ProcessMemory {
    tensors = new EnumMap<>(tensors);
  }

  /** The memory of this process, the tensors being those of the engine that runs in it. */
  static ProcessMemory now(Map<MemoryUse, Long> tensors) {
    MemoryMXBean java = ManagementFactory.getMemoryMXBean();
    return new ProcessMemory(
        residentPeak(),
        tensors,
        java.getHeapMemoryUsage().getCommitted(),
        java.getNonHeapMemoryUsage().getCommitted());
  }

  /** What is neither tensors nor known to Java: libraries, stacks, the collector's tables. */
  public OptionalLong rest() {
    long known = heap + code + tensors.values().stream().mapToLong(Long::longValue).sum();
    return peak.isPresent() ? OptionalLong.of(peak.getAsLong() - known) : OptionalLong.empty();
  }

  private static OptionalLong residentPeak() {
    if (!Files.exists(STATUS)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(STATUS + " cannot be read", e);
    }
  }
}
