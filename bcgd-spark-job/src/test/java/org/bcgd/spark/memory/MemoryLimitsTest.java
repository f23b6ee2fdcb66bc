// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.failure.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimitsTest {

  private static final long MEBIBYTE = 1 << 20;
  private static final MemoryNeeds SMALL =
      new MemoryNeeds(100 * MEBIBYTE, 0, 10 * MEBIBYTE, 0, 10 * MEBIBYTE);

  // YARN's and Kubernetes' rule: max(384 MiB, factor x heap), unless the overhead is set.
  @ParameterizedTest
  @CsvSource({
    "1g, , , 384",
    "8g, , , 819",
    "8g, , 0.4, 3276",
    "8g, 2g, 0.4, 2048",
    "1g, 700, , 700",
  })
  void aContainersOverheadIsThatOfSpark(
      String heap, String overhead, String factor, long mebibytes) {
    SparkConf conf = conf("yarn").set("spark.executor.memory", heap);
    if (overhead != null) {
      conf.set("spark.executor.memoryOverhead", overhead);
    }
    if (factor != null) {
      conf.set("spark.executor.memoryOverheadFactor", factor);
    }
    assertThat(MemoryLimits.of(conf, 8).outside()).hasValue(mebibytes * MEBIBYTE);
  }

  @ParameterizedTest
  @CsvSource({"yarn, 4, 1, 8, 4", "yarn, 4, 2, 8, 2", "k8s://host, 4, 1, 3, 3", "yarn, , , 8, 1"})
  void anExecutorRunsATaskForEachShareOfItsCores(
      String master, String cores, String cpus, int shards, int tasks) {
    SparkConf conf = conf(master);
    if (cores != null) {
      conf.set("spark.executor.cores", cores).set("spark.task.cpus", cpus);
    }
    assertThat(MemoryLimits.of(conf, shards).tasks()).isEqualTo(tasks);
  }

  @ParameterizedTest
  @CsvSource({"local, 1", "local[3], 3", "'local[2,4]', 2"})
  void aLocalMasterNamesItsCores(String master, int tasks) {
    MemoryLimits limits = MemoryLimits.of(conf(master), 16);
    assertThat(limits.tasks()).isEqualTo(tasks);
    assertThat(limits.placement()).isEqualTo(MemoryLimits.Placement.LOCAL);
  }

  @Test
  void aStandaloneWorkerSetsNoLimitOutsideOfTheHeap() {
    assertThat(MemoryLimits.of(conf("spark://host:7077"), 8).outside()).isEmpty();
    MemoryLimits cluster = MemoryLimits.of(conf("local-cluster[2,3,1024]"), 8);
    assertThat(cluster.outside()).isEmpty();
    assertThat(cluster.tasks()).isEqualTo(3);
  }

  // 7 tasks of 100 MiB and 256 of the process are 956; 1,500 of the machine without 1,024 are 476.
  @Test
  void aStandaloneExecutorIsLimitedByItsShareOfTheMachine() {
    MemoryLimits limits =
        MemoryLimits.of(conf("spark://host:7077"), 7).on(new ExecutorMachines(16, 1500 * MEBIBYTE));
    assertThat(limits.tasks()).isEqualTo(7);
    assertThatThrownBy(() -> limits.require(SMALL))
        .hasMessageContaining("956 MiB are needed (7 tasks of 100 MiB")
        .hasMessageContaining("there are 476 MiB: set fewer cores of an executor");
  }

  @Test
  void executorsOnOneMachineShareIt() {
    assertThat(
            ExecutorMachines.smallestShare(
                Set.of("one 9000 17", "one 9000 18", "one 9000 19", "two 4000 17")))
        .isEqualTo(3000);
  }

  // On a Spark with two executors of one core, on the machine of this test.
  @Test
  void executorsTellWhatTheirMachineHas() {
    SparkConf conf =
        conf("local-cluster[2,1,1024]")
            .setAppName("machines")
            .set("spark.executor.memory", "512m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      MemoryLimits limits = MemoryLimits.of(conf, 8).on(spark);
      assertThat(limits.tasks()).isEqualTo(1);
      assertThat(limits.outside().orElseThrow())
          .isIn(MachineMemory.bytes() - 512 * MEBIBYTE, MachineMemory.bytes() / 2 - 512 * MEBIBYTE);
    }
  }

  @Test
  void whatTheStartTakesCountsWhereItIsMoreThanTheTasksTake() {
    MemoryNeeds needs = new MemoryNeeds(100 * MEBIBYTE, 900 * MEBIBYTE, 0, 0, 0);
    MemoryLimits limits =
        limits(400, OptionalLong.of(1155 * MEBIBYTE), 310, MemoryLimits.Placement.CONTAINERS);
    assertThatThrownBy(() -> limits.require(needs))
        .hasMessageContaining("1,156 MiB are needed (900 MiB to start from the first minibatch");
  }

  // T = 4 tasks of 10 MiB = 40; with 20 of images 60, with many T / 0.4 = 100; 300 of Spark's.
  @ParameterizedTest
  @CsvSource({"20, 360", "60, 400", "100000, 400"})
  void imagesTakeTheHeapOnlyAsFarAsSparkKeepsThem(long images, long heap) {
    MemoryNeeds needs = new MemoryNeeds(0, 0, 10 * MEBIBYTE, images * MEBIBYTE, 0);
    OptionalLong outside = OptionalLong.of(1000 * MEBIBYTE);
    MemoryLimits.Placement yarn = MemoryLimits.Placement.CONTAINERS;
    assertThatCode(() -> limits(heap, outside, 310, yarn).require(needs))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> limits(heap - 1, outside, 310, yarn).require(needs))
        .hasMessageContaining("in an executor's heap %d MiB are needed".formatted(heap));
  }

  // (4 tasks of 10 MiB + 10 of the driver) / 0.4 = 125
  @Test
  void inLocalModeTheDriverHoldsTheImages() {
    MemoryNeeds needs = new MemoryNeeds(0, 0, 10 * MEBIBYTE, 100_000 * MEBIBYTE, 10 * MEBIBYTE);
    MemoryLimits limits =
        limits(424, OptionalLong.of(1000 * MEBIBYTE), 424, MemoryLimits.Placement.LOCAL);
    assertThatThrownBy(() -> limits.require(needs))
        .hasMessageContaining("in the driver's heap 425 MiB are needed, there are 424 MiB");
  }

  // 4 tasks of 100 MiB and 256 MiB of the process are 656 MiB, in steps of 64 MiB 704.
  @Test
  void everyLackIsToldWithTheFlagThatMendsIt() {
    MemoryLimits limits =
        limits(320, OptionalLong.of(655 * MEBIBYTE), 309, MemoryLimits.Placement.CONTAINERS);

    assertThatThrownBy(() -> limits.require(SMALL))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("656 MiB are needed (4 tasks of 100 MiB, and 256 MiB of the process)")
        .hasMessageContaining("there are 655 MiB")
        .hasMessageContaining("--conf spark.executor.memoryOverhead=704m")
        .hasMessageContaining("--executor-memory 384m")
        .hasMessageContaining("--driver-memory 320m");
  }

  @Test
  void whatJustFitsIsNotRefused() {
    MemoryLimits limits =
        limits(340, OptionalLong.of(656 * MEBIBYTE), 310, MemoryLimits.Placement.CONTAINERS);

    assertThatCode(() -> limits.require(SMALL)).doesNotThrowAnyException();
  }

  /** Of 4 tasks at once; heaps in MiB. */
  private static MemoryLimits limits(
      long executorHeap, OptionalLong outside, long driverHeap, MemoryLimits.Placement placement) {
    return new MemoryLimits(
        8, 4, executorHeap * MEBIBYTE, outside, driverHeap * MEBIBYTE, 0.6, placement);
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }
}
