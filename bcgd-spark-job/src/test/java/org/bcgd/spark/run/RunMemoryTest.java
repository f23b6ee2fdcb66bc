// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.memory.MemoryNeeds;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.trained.FloatNetwork;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.Test;

class RunMemoryTest {

  private static final int[] JUDGED = {50, 50};

  @Test
  void aTeacherTakesMemoryOfTasksAndDriver() {
    Settings settings = settings();
    Settings floats = settings("weights.bits=32", "activations.bits=32");
    NetworkExecution teaching = execution(floats);
    ParameterLayout layout = teaching.network().layout();
    FloatNetwork teacher = new FloatNetwork(teaching, random(layout));

    MemoryNeeds alone = needs(settings, Optional.empty());
    MemoryNeeds taught = needs(settings, Optional.of(teacher));

    // Its weights as they came, and unpacked twice.
    assertThat(taught.taskHeap() - alone.taskHeap()).isEqualTo(3L * 4 * layout.size());
    assertThat(taught.driverHeap() - alone.driverHeap()).isEqualTo(3L * 4 * layout.size());
    // At the least its weights and the largest of its outputs, those of a minibatch of 10.
    assertThat(taught.taskNative() - alone.taskNative()).isGreaterThan(4L * layout.size());
  }

  @Test
  void onlyANetworkWithResolutionsOrNormsFromDataIsStartedFromImages() {
    assertThat(needs(settings(), Optional.empty()).startNative()).isPositive();
    assertThat(
            needs(settings("weights.bits=32", "activations.bits=32"), Optional.empty())
                .startNative())
        .isZero();
  }

  @Test
  void imagesAreCountedAsTheyLie() {
    assertThat(needs(settings(), Optional.empty()).images()).isEqualTo(12_345);
  }

  private static MemoryNeeds needs(Settings settings, Optional<FloatNetwork> teacher) {
    MinibatchSchedule schedule =
        new MinibatchSchedule(40, new int[] {100, 100, 100, 100}, RandomKey.of(1));
    return new RunMemory(settings, execution(settings), schedule, teacher, 12_345).needs(JUDGED);
  }

  private static NetworkExecution execution(Settings settings) {
    NetworkDefinition network = settings.network(file -> file);
    return new NetworkExecution(network, settings.execution(), settings.input().preprocessing());
  }

  private static WeightSnapshot random(ParameterLayout layout) {
    return new WeightSnapshot(
        layout,
        Collections.nCopies(layout.slices().size(), Optional.empty()),
        InitialWeights.draw(layout, 1));
  }

  private static Settings settings(String... overrides) {
    return TinyRun.in(Path.of("never-written"), overrides).settings();
  }
}
