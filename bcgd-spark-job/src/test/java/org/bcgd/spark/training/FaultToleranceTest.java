// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.ImageShard;
import org.bcgd.descent.MasterState;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster does to a run does not change its bits. */
class FaultToleranceTest {

  private static final AtomicInteger FAILED = new AtomicInteger();

  @TempDir static Path directory;

  private static String reference;

  @BeforeAll
  static void trainUndisturbed() {
    reference = TinyRun.in(directory.resolve("calm")).on("local[1]").weightsDigest().orElseThrow();
  }

  @Test
  void slicesGiveTheSameBits() {
    TinyRun run = TinyRun.in(directory.resolve("sliced"), "aggregation.reduction=sliced");
    assertThat(run.on("local[2]").weightsDigest()).contains(reference);
  }

  @Test
  void anExecutorKilledInMidEpochLeavesTheBitsAlone() {
    assertThat(killingAnExecutor("killed-flat", "aggregation.reduction=flat").weightsDigest())
        .contains(reference);
  }

  @Test
  void aShuffleFileLostWithItsExecutorLeavesTheBitsAlone() {
    assertThat(killingAnExecutor("killed-sliced", "aggregation.reduction=sliced").weightsDigest())
        .contains(reference);
  }

  @Test
  void tasksThatFailOnceLeaveTheBitsAlone() {
    try (JavaSparkContext spark =
        new JavaSparkContext(new SparkConf().setMaster("local[2,3]").setAppName("failing"))) {
      TinyWork tiny = new TinyWork(spark, TinyRun.in(directory.resolve("failing")).settings());
      JavaRDD<ImageShard> failing = tiny.shards.map(FaultToleranceTest::failingOnce);

      MasterState disturbed = TinyWork.after(tiny.gradientStep(failing), tiny.start());
      MasterState calm = TinyWork.after(tiny.gradientStep(), tiny.start());

      assertThat(FAILED.get()).isEqualTo(tiny.schedule.shards());
      assertThat(disturbed.weights()).containsExactly(calm.weights());
    }
  }

  @Test
  void imagesPreparedAheadAreTheSame() {
    TinyRun run = TinyRun.in(directory.resolve("not-ahead"), "execution.prefetch=false");
    assertThat(run.on("local[2]").weightsDigest()).contains(reference);
  }

  @Test
  void speculativeCopiesLeaveTheBitsAlone() {
    TinyRun run = TinyRun.in(directory.resolve("speculation"));
    SparkConf eager =
        cluster()
            .set("spark.speculation", "true")
            .set("spark.speculation.interval", "10ms")
            .set("spark.speculation.quantile", "0.1")
            .set("spark.speculation.multiplier", "1.01")
            .set("spark.speculation.minTaskRuntime", "1ms");
    assertThat(run.on(eager).weightsDigest()).contains(reference);
  }

  @Test
  void bytesRoundedAtRandomAreTheSameOnEveryCluster() {
    String bytes = "aggregation.precision=int8";
    Result one = TinyRun.in(directory.resolve("int8-flat"), bytes).on("local[1]");
    Result two =
        TinyRun.in(directory.resolve("int8-sliced"), bytes, "aggregation.reduction=sliced")
            .on(cluster());
    assertThat(two.weightsDigest()).isEqualTo(one.weightsDigest());
    assertThat(one.weightsDigest().orElseThrow()).isNotEqualTo(reference);
  }

  private static ImageShard failingOnce(ImageShard shard) {
    if (TaskContext.get().attemptNumber() == 0) {
      FAILED.incrementAndGet();
      throw new IllegalStateException("on purpose");
    }
    return shard;
  }

  /** Trains on two executors and kills one of them after the third step. */
  private static Result killingAnExecutor(String name, String override) {
    Path folder = directory.resolve(name);
    CompletableFuture<Void> killer =
        CompletableFuture.runAsync(() -> killAnExecutorAfter(3, folder));
    Result result = TinyRun.in(folder, override).on(cluster());
    killer.join();
    return result;
  }

  /**
   * Each of two executors has two of four shards, and one of them is halted until a step has gone
   * on without it. Shards that did not answer are on record.
   */
  @Test
  void aRunWithAQuorumGoesOnWhileAnExecutorIsHalted() throws Exception {
    Path folder = directory.resolve("quorum");
    CompletableFuture<Void> halter =
        CompletableFuture.runAsync(() -> haltAnExecutorAfter(3, folder));
    SparkConf both =
        cluster()
            .setMaster("local-cluster[2,2,1024]")
            .set("spark.scheduler.minRegisteredResourcesRatio", "1");
    Result result =
        TinyRun.in(folder, "aggregation.quorum=2", "aggregation.grace-seconds=0.3").on(both);
    halter.join();

    assertThat(result.steps()).isEqualTo(20);
    List<List<Integer>> missing = missing(folder);
    assertThat(missing).hasSize(20).allMatch(shards -> shards.size() <= 2);
    assertThat(missing).anyMatch(shards -> shards.size() == 2);
  }

  private static SparkConf cluster() {
    return new SparkConf()
        .setMaster("local-cluster[2,1,1024]")
        .set("spark.executor.memory", "1g")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
  }

  private static void killAnExecutorAfter(int steps, Path folder) {
    waitUntil(() -> steps(folder) >= steps);
    assertThat(anExecutor().destroyForcibly()).isTrue();
  }

  private static void haltAnExecutorAfter(int steps, Path folder) {
    waitUntil(() -> steps(folder) >= steps);
    ProcessHandle executor = anExecutor();
    signal("STOP", executor);
    try {
      waitUntil(() -> lines(folder).anyMatch(line -> line.matches(".*\"missing\":\\[\\d,\\d.*")));
    } finally {
      signal("CONT", executor);
    }
  }

  /** The workers of a local cluster are threads of this process, its executors are its children. */
  private static ProcessHandle anExecutor() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow();
  }

  private static void signal(String name, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void waitUntil(BooleanSupplier reached) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not reached in two minutes").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** The shards that each step so far did not wait for. */
  private static List<List<Integer>> missing(Path folder) {
    try (BufferedReader lines = Files.newBufferedReader(folder.resolve("metrics.jsonl"))) {
      return RunLog.read(lines).stream()
          .filter(StepMetrics.class::isInstance)
          .map(line -> ((StepMetrics) line).missing())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long steps(Path folder) {
    return lines(folder).filter(line -> line.contains("\"kind\":\"step\"")).count();
  }

  private static Stream<String> lines(Path folder) {
    try {
      Path metrics = folder.resolve("metrics.jsonl");
      return Files.exists(metrics) ? Files.readString(metrics).lines() : Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
