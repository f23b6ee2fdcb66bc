// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.memory;

import java.util.OptionalLong;
import org.apache.spark.SparkConf;

/** What Spark's configuration says of memory, and what it stands for where it says nothing. */
final class SparkMemory {

  private SparkMemory() {}

  /**
   * What an application may use.
   *
   * @param shards tasks of a step, the most that can run at once
   */
  static MemoryLimits limits(SparkConf conf, int shards) {
    String master = conf.get("spark.master", "local[*]");
    MemoryLimits.Placement placement = placement(master);
    long ownHeap = Runtime.getRuntime().maxMemory();
    double storage = conf.getDouble("spark.memory.fraction", 0.6);
    if (placement == MemoryLimits.Placement.LOCAL) {
      return new MemoryLimits(
          shards,
          Math.min(shards, localCores(master)),
          ownHeap,
          OptionalLong.of(MachineMemory.bytes() - ownHeap),
          ownHeap,
          storage,
          placement);
    }
    long heap = MemoryLimits.MEBIBYTE * conf.getSizeAsMb("spark.executor.memory", "1g");
    int tasks = cores(conf, master) / conf.getInt("spark.task.cpus", 1);
    return new MemoryLimits(
        shards,
        Math.max(1, Math.min(shards, tasks)),
        heap,
        placement == MemoryLimits.Placement.CONTAINERS
            ? OptionalLong.of(overhead(conf, heap))
            : OptionalLong.empty(),
        ownHeap,
        storage,
        placement);
  }

  private static MemoryLimits.Placement placement(String master) {
    if (master.startsWith("yarn") || master.startsWith("k8s")) {
      return MemoryLimits.Placement.CONTAINERS;
    }
    return master.equals("local") || master.startsWith("local[")
        ? MemoryLimits.Placement.LOCAL
        : MemoryLimits.Placement.STANDALONE;
  }

  /** Whether the configuration says how many cores an executor has. */
  static boolean tellsCores(SparkConf conf) {
    return conf.contains("spark.executor.cores") || isLocalCluster(conf.get("spark.master"));
  }

  /** Cores of an executor; one where a worker decides, and none but the executors know. */
  private static int cores(SparkConf conf, String master) {
    int ofWorker = isLocalCluster(master) ? Integer.parseInt(master.split("[,\\]]")[1].trim()) : 1;
    return conf.getInt("spark.executor.cores", ofWorker);
  }

  private static boolean isLocalCluster(String master) {
    return master.startsWith("local-cluster[");
  }

  private static int localCores(String master) {
    String cores = master.replaceAll("local\\[?|[,\\]].*", "");
    if (cores.isEmpty()) {
      return 1;
    }
    return cores.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(cores);
  }

  /** As Spark works it out: the larger of 384 MiB and a tenth of the heap, unless it is set. */
  private static long overhead(SparkConf conf, long heap) {
    double factor = conf.getDouble("spark.executor.memoryOverheadFactor", 0.1);
    long usual = Math.max(384, (long) (factor * heap / MemoryLimits.MEBIBYTE));
    return MemoryLimits.MEBIBYTE * conf.getSizeAsMb("spark.executor.memoryOverhead", usual + "m");
  }
}
