// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.memory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.bcgd.failure.SettingsException;

/**
 * What the processes of an application may use.
 *
 * <pre>
 *   outside of an executor's heap   tasks · native memory of a task + what Java and oneDNN take
 *   in it                           tasks · heap of a task + what Spark reserves
 *   in the driver's heap            what the driver holds + what Spark reserves
 * </pre>
 *
 * <p>YARN and Kubernetes end a container that outgrows heap and overhead together. In local mode
 * the limit is the machine, or the container that Java sees. A standalone worker sets none.
 *
 * @param tasks at once in an executor
 * @param executorHeap bytes
 * @param outside bytes outside of an executor's heap, where there is a limit
 * @param driverHeap bytes
 * @param placement of the executors
 */
public record MemoryLimits(
    int tasks, long executorHeap, OptionalLong outside, long driverHeap, Placement placement) {

  private static final long MEBIBYTE = 1 << 20;
  // 158 MiB of a Java process besides its heap and up to 45 MiB of oneDNN's code were measured;
  // the rest is Spark's network buffers.
  private static final long PROCESS = 256 * MEBIBYTE;
  private static final long SPARK = 300 * MEBIBYTE; // spark.testing.reservedMemory
  private static final long STEP = 64 * MEBIBYTE; // advice is rounded up to whole ones

  /** Where the executors run. */
  public enum Placement {
    /** In the driver. */
    LOCAL,
    /** In containers of YARN or Kubernetes. */
    CONTAINERS,
    /** In processes of a worker of Spark itself. */
    STANDALONE
  }

  /**
   * The limits of an application.
   *
   * @param shards tasks of a step, the most that can run at once
   */
  public static MemoryLimits of(SparkConf conf, int shards) {
    Placement placement = placement(conf.get("spark.master", "local[*]"));
    long ownHeap = Runtime.getRuntime().maxMemory();
    if (placement == Placement.LOCAL) {
      return new MemoryLimits(
          Math.min(shards, localCores(conf.get("spark.master", "local[*]"))),
          ownHeap,
          OptionalLong.of(machine() - ownHeap),
          ownHeap,
          placement);
    }
    long heap = MEBIBYTE * conf.getSizeAsMb("spark.executor.memory", "1g");
    int tasks = conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1);
    return new MemoryLimits(
        Math.max(1, Math.min(shards, tasks)),
        heap,
        placement == Placement.CONTAINERS
            ? OptionalLong.of(overhead(conf, heap))
            : OptionalLong.empty(),
        ownHeap,
        placement);
  }

  private static Placement placement(String master) {
    if (master.startsWith("yarn") || master.startsWith("k8s")) {
      return Placement.CONTAINERS;
    }
    return master.equals("local") || master.startsWith("local[")
        ? Placement.LOCAL
        : Placement.STANDALONE;
  }

  private static int localCores(String master) {
    String cores = master.replaceAll("local\\[?|[,\\]].*", "");
    if (cores.isEmpty()) {
      return 1;
    }
    return cores.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(cores);
  }

  private static long machine() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  /** As Spark works it out: the larger of 384 MiB and a tenth of the heap, unless it is set. */
  private static long overhead(SparkConf conf, long heap) {
    double factor = conf.getDouble("spark.executor.memoryOverheadFactor", 0.1);
    long usual = Math.max(384, (long) (factor * heap / MEBIBYTE));
    return MEBIBYTE * conf.getSizeAsMb("spark.executor.memoryOverhead", usual + "m");
  }

  /** Bytes that an executor needs outside of its heap. */
  public long outsideNeeded(MemoryNeeds needs) {
    return tasks * needs.taskNative() + PROCESS;
  }

  /**
   * Refuses a run that the processes cannot hold.
   *
   * @throws SettingsException that names every lack and the flags that mend it
   */
  public void require(MemoryNeeds needs) {
    List<String> lacks = lacks(needs);
    if (!lacks.isEmpty()) {
      throw new SettingsException(
          "the run needs more memory than it may use:\n  " + String.join("\n  ", lacks));
    }
  }

  private List<String> lacks(MemoryNeeds needs) {
    List<String> lacks = new ArrayList<>();
    long outsideNeeded = outsideNeeded(needs);
    if (outside.isPresent() && outsideNeeded > outside.getAsLong()) {
      lacks.add(
          "outside of %s heap %s are needed (%d tasks of %s, and %s of the process), there are %s: %s"
              .formatted(
                  placement == Placement.LOCAL ? "the" : "an executor's",
                  mebibytes(outsideNeeded),
                  tasks,
                  mebibytes(needs.taskNative()),
                  mebibytes(PROCESS),
                  mebibytes(outside.getAsLong()),
                  outsideAdvice(outsideNeeded)));
    }
    long executorNeeded = tasks * needs.taskHeap() + SPARK;
    long driverNeeded = needs.driverHeap() + SPARK;
    if (placement == Placement.LOCAL) {
      driverNeeded += tasks * needs.taskHeap();
    } else if (executorNeeded > executorHeap) {
      lacks.add(
          "in an executor's heap %s are needed, there are %s: set --executor-memory %s"
              .formatted(mebibytes(executorNeeded), mebibytes(executorHeap), flag(executorNeeded)));
    }
    if (driverNeeded > driverHeap) {
      lacks.add(
          "in the driver's heap %s are needed, there are %s: set --driver-memory %s"
              .formatted(mebibytes(driverNeeded), mebibytes(driverHeap), flag(driverNeeded)));
    }
    return lacks;
  }

  private String outsideAdvice(long needed) {
    return placement == Placement.LOCAL
        ? "set fewer cores (--master local[1]), a smaller --driver-memory or smaller batches"
        : "set --conf spark.executor.memoryOverhead=%s, or smaller batches".formatted(flag(needed));
  }

  private static String flag(long bytes) {
    return (bytes + STEP - 1) / STEP * STEP / MEBIBYTE + "m";
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MiB", (bytes + MEBIBYTE - 1) / MEBIBYTE);
  }
}
