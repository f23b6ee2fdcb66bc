// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.failure.SettingsException;

/**
 * What the processes of an application may use.
 *
 * <pre>
 *   outside of an executor's heap   max(tasks · native memory of a task, that of the start)
 *                                     + what Java and oneDNN take
 *   in it                           min(T + I, T / (1 − f)) + what Spark reserves
 *                                     T = tasks · heap of a task, I = images of the dataset
 *   in the driver's heap            what the driver holds + what Spark reserves; in local mode the
 *                                   same as in an executor's, with the driver's part in T
 * </pre>
 *
 * <p>Spark keeps images in the share f of the heap ({@code spark.memory.fraction}) and what has no
 * room there on disk: the rest of the heap must hold T, however many images there are.
 *
 * <p>YARN and Kubernetes end a container that outgrows heap and overhead together. In local mode
 * the limit is the machine, or the container that Java sees. A standalone worker sets none: its
 * limit is the machine, once executors have told what it has ({@link ExecutorMachines}).
 *
 * @param shards tasks of a step
 * @param tasks at once in an executor
 * @param executorHeap bytes
 * @param outside bytes outside of an executor's heap, where there is a limit
 * @param driverHeap bytes
 * @param storage f, the share of a heap in which Spark keeps images, 0..1
 * @param placement of the executors
 */
public record MemoryLimits(
    int shards,
    int tasks,
    long executorHeap,
    OptionalLong outside,
    long driverHeap,
    double storage,
    Placement placement) {

  static final long MEBIBYTE = 1 << 20;
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
   * The limits that Spark's configuration sets.
   *
   * @param shards tasks of a step, the most that can run at once
   */
  public static MemoryLimits of(SparkConf conf, int shards) {
    return SparkMemory.limits(conf, shards);
  }

  /** The same; executors that no manager limits are asked what their machines have. */
  public MemoryLimits on(JavaSparkContext spark) {
    if (placement != Placement.STANDALONE) {
      return this;
    }
    ExecutorMachines told = ExecutorMachines.of(spark);
    return on(SparkMemory.tellsCores(spark.getConf()) ? told.withTasks(tasks) : told);
  }

  MemoryLimits on(ExecutorMachines machines) {
    return new MemoryLimits(
        shards,
        Math.min(shards, machines.tasks()),
        executorHeap,
        OptionalLong.of(machines.smallestShare() - executorHeap),
        driverHeap,
        storage,
        placement);
  }

  /** Bytes that an executor needs outside of its heap. */
  public long outsideNeeded(MemoryNeeds needs) {
    return Math.max(tasks * needs.taskNative(), needs.startNative()) + PROCESS;
  }

  /** Bytes of a heap that must hold so much beside the images. */
  private long heapNeeded(long working, long images) {
    return SPARK + Math.min(working + images, (long) (working / (1 - storage)));
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
          "outside of %s heap %s are needed (%s, and %s of the process), there are %s: %s"
              .formatted(
                  placement == Placement.LOCAL ? "the" : "an executor's",
                  mebibytes(outsideNeeded),
                  largestOutside(needs),
                  mebibytes(PROCESS),
                  mebibytes(outside.getAsLong()),
                  outsideAdvice(outsideNeeded)));
    }
    long working = tasks * needs.taskHeap();
    long executorNeeded = heapNeeded(working, needs.images());
    long driverNeeded =
        placement == Placement.LOCAL
            ? heapNeeded(working + needs.driverHeap(), needs.images())
            : needs.driverHeap() + SPARK;
    if (placement != Placement.LOCAL && executorNeeded > executorHeap) {
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

  private String largestOutside(MemoryNeeds needs) {
    return needs.startNative() > tasks * needs.taskNative()
        ? "%s to start from the first minibatch".formatted(mebibytes(needs.startNative()))
        : "%d tasks of %s".formatted(tasks, mebibytes(needs.taskNative()));
  }

  private String outsideAdvice(long needed) {
    return switch (placement) {
      case LOCAL ->
          "set fewer cores (--master local[1]), a smaller --driver-memory or smaller batches";
      case CONTAINERS ->
          "set --conf spark.executor.memoryOverhead=%s, or smaller batches".formatted(flag(needed));
      case STANDALONE ->
          "set fewer cores of an executor (--executor-cores), a smaller --executor-memory or"
              + " smaller batches";
    };
  }

  private static String flag(long bytes) {
    return (bytes + STEP - 1) / STEP * STEP / MEBIBYTE + "m";
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MiB", (bytes + MEBIBYTE - 1) / MEBIBYTE);
  }
}
