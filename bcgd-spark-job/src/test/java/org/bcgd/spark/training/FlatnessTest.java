// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.descent.MasterState;
import org.bcgd.spark.report.metrics.PhaseTimer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * A step gives back what it took: heap, Spark's storage memory (broadcasts), the process's memory
 * outside of the heap, and disk (shuffle files). The profile {@code endurance} takes 5,000 steps.
 */
class FlatnessTest {

  private static final int STEPS = Integer.getInteger("bcgd.flatness.steps", 150);
  private static final int WARM_UP = 60;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path directory;

  @Test
  void manyStepsTakeNoMoreThanFew() throws IOException {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("flatness")
            .set("spark.ui.retainedJobs", "10")
            .set("spark.ui.retainedStages", "10")
            .set("spark.ui.retainedTasks", "100")
            .set("spark.local.dir", directory.toString());
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      TinyWork tiny =
          new TinyWork(
              spark,
              TinyRun.in(directory.resolve("run"), "aggregation.reduction=sliced").settings());
      MasterState state = tiny.start();
      state = walk(tiny, state, WARM_UP);
      Held before = held(spark, 0);
      state = walk(tiny, state, STEPS);
      Held after = held(spark, before.files);

      System.out.printf("before %s, after %d steps %s%n", before, STEPS, after);
      assertThat(state.step()).isEqualTo(WARM_UP + STEPS);
      assertThat(after.files).as("files on disk").isEqualTo(before.files);
      assertThat(after.storage - before.storage).as("storage memory").isLessThan(MEBIBYTE);
      // A gradient of this network is a quarter of a mebibyte: 1 of 10 kept would be seen.
      assertThat(after.heap - before.heap).as("heap").isLessThan(4 * MEBIBYTE);
      assertThat(after.outside - before.outside).as("outside of heap").isLessThan(48 * MEBIBYTE);
    }
  }

  private static MasterState walk(TinyWork tiny, MasterState from, int steps) {
    GradientStep step = tiny.gradientStep();
    MasterState state = from;
    MasterState spare = MasterState.blank(from.weights().length);
    for (int i = 0; i < steps; i++) {
      MasterState next = step.from(state, spare, new PhaseTimer(System::nanoTime)).next();
      spare = state;
      state = next;
    }
    return state;
  }

  /** What is held, in bytes. */
  private record Held(long heap, long storage, long outside, long files) {}

  /** Waits until Spark, which clears away in threads of its own, is down to so many files. */
  private Held held(JavaSparkContext spark, long files) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (files() > files && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    for (int i = 0; i < 3; i++) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new Held(heap, storage(spark), outside(), files());
  }

  private static long storage(JavaSparkContext spark) {
    long used = 0;
    Iterator<Tuple2<Object, Object>> status = spark.sc().getExecutorMemoryStatus().valuesIterator();
    while (status.hasNext()) {
      Tuple2<Object, Object> most = status.next();
      used += (Long) most._1() - (Long) most._2();
    }
    return used;
  }

  /**
   * The process's memory in RAM outside of the heap, which lies below 32 GiB where pointers are
   * compressed; 0 where the system does not tell.
   */
  private static long outside() throws IOException {
    Path maps = Path.of("/proc/self/smaps");
    if (!Files.exists(maps)) {
      return 0;
    }
    long resident = 0;
    boolean counted = false;
    for (String line : Files.readAllLines(maps)) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        counted = Long.parseUnsignedLong(line.split("-")[0], 16) >= 32L << 30;
      } else if (counted && line.startsWith("Rss:")) {
        resident += 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return resident;
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.getFileName().toString().startsWith("shuffle_")).count();
    }
  }
}
