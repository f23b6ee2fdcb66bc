// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.bcgd.failure.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimitsTest {

  private static final long MEBIBYTE = 1 << 20;
  private static final MemoryNeeds SMALL =
      new MemoryNeeds(100 * MEBIBYTE, 10 * MEBIBYTE, 10 * MEBIBYTE);

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
    assertThat(MemoryLimits.of(conf("local-cluster[2,1,1024]"), 8).outside()).isEmpty();
  }

  // 4 tasks of 100 MiB and 256 MiB of the process are 656 MiB, in steps of 64 MiB 704.
  @Test
  void everyLackIsToldWithTheFlagThatMendsIt() {
    MemoryLimits limits =
        new MemoryLimits(
            4,
            320 * MEBIBYTE,
            OptionalLong.of(655 * MEBIBYTE),
            309 * MEBIBYTE,
            MemoryLimits.Placement.CONTAINERS);

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
        new MemoryLimits(
            4,
            340 * MEBIBYTE,
            OptionalLong.of(656 * MEBIBYTE),
            310 * MEBIBYTE,
            MemoryLimits.Placement.CONTAINERS);

    assertThatCode(() -> limits.require(SMALL)).doesNotThrowAnyException();
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }
}
