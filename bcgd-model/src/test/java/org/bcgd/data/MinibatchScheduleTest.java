// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;

class MinibatchScheduleTest {

  private static final RandomKey KEY = RandomKey.of(3);

  @Test
  void anEpochShowsEachImageOfAShardOnce() {
    MinibatchSchedule schedule = new MinibatchSchedule(8, new int[] {12, 12}, KEY);
    assertThat(schedule.stepsPerEpoch()).isEqualTo(3);
    for (int epoch = 0; epoch < 4; epoch++) {
      for (int shard = 0; shard < 2; shard++) {
        assertThat(epoch(schedule, epoch, shard)).isEqualTo(IntStream.range(0, 12).toArray());
      }
    }
  }

  @Test
  void theSmallestShardEndsTheEpochAndNoImageRepeats() {
    MinibatchSchedule schedule = new MinibatchSchedule(6, new int[] {11, 10, 17}, KEY);
    assertThat(schedule.shardBatchSize()).isEqualTo(2);
    assertThat(schedule.stepsPerEpoch()).isEqualTo(5);
    assertThat(epoch(schedule, 1, 2)).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void epochsAreCountedThroughAllSteps() {
    MinibatchSchedule schedule = new MinibatchSchedule(8, new int[] {12, 12}, KEY);
    assertThat(LongStream.of(0, 2, 3, 5, 6).mapToInt(schedule::epochOf))
        .containsExactly(0, 0, 1, 1, 2);
  }

  @Test
  void epochsAndShardsHaveOrdersOfTheirOwn() {
    MinibatchSchedule schedule = new MinibatchSchedule(200, new int[] {100, 100}, KEY);
    int[] first = schedule.minibatch(0, 0).indices();
    assertThat(first).isNotEqualTo(schedule.minibatch(1, 0).indices());
    assertThat(first).isNotEqualTo(schedule.minibatch(0, 1).indices());
    assertThat(schedule.minibatch(0, 0).key()).isNotEqualTo(schedule.minibatch(0, 1).key());
  }

  @Test
  void whatWasAskedBeforeChangesNoStep() {
    MinibatchSchedule schedule = new MinibatchSchedule(6, new int[] {12, 12}, RandomKey.of(5));
    MinibatchSchedule fresh = new MinibatchSchedule(6, new int[] {12, 12}, RandomKey.of(5));
    schedule.minibatch(9, 0);
    schedule.minibatch(2, 1);
    assertThat(schedule.minibatch(2, 0).indices()).isEqualTo(fresh.minibatch(2, 0).indices());
    assertThat(schedule.minibatch(9, 0).indices())
        .isEqualTo(
            new MinibatchSchedule(6, new int[] {12, 12}, RandomKey.of(5))
                .minibatch(9, 0)
                .indices());
  }

  @Test
  void whatWasDrawnDoesNotTravel() throws IOException, ClassNotFoundException {
    MinibatchSchedule schedule = new MinibatchSchedule(6, new int[] {1200, 1200}, KEY);
    byte[] before = bytes(schedule);
    schedule.minibatch(9, 1);
    assertThat(bytes(schedule)).isEqualTo(before);
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(before))) {
      MinibatchSchedule arrived = (MinibatchSchedule) in.readObject();
      assertThat(arrived.minibatch(9, 1).indices()).isEqualTo(schedule.minibatch(9, 1).indices());
      assertThat(arrived.minibatch(9, 1).key()).isEqualTo(schedule.minibatch(9, 1).key());
      assertThat(arrived.stepsPerEpoch()).isEqualTo(schedule.stepsPerEpoch());
    }
  }

  @Test
  void partsHoldTheSameImagesInOrder() {
    MinibatchSchedule.Minibatch whole =
        new MinibatchSchedule(12, new int[] {12, 12}, KEY).minibatch(1, 1);
    assertThat(whole.parts(3).stream().flatMapToInt(part -> Arrays.stream(part.indices())))
        .containsExactly(Arrays.stream(whole.indices()).boxed().toArray(Integer[]::new));
    assertThat(whole.parts(3)).allMatch(part -> part.key().equals(whole.key()));
    assertThatThrownBy(() -> whole.parts(4)).hasMessage("6 images in 4 parts");
  }

  @Test
  void aShardDrawsTheSameWhateverItsNeighboursAre() {
    MinibatchSchedule two = new MinibatchSchedule(8, new int[] {12, 12}, KEY);
    MinibatchSchedule three = new MinibatchSchedule(12, new int[] {12, 12, 13}, KEY);
    assertThat(two.minibatch(4, 1).indices()).isEqualTo(three.minibatch(4, 1).indices());
    assertThat(two.minibatch(4, 1).key()).isEqualTo(three.minibatch(4, 1).key());
  }

  @Test
  void aBatchThatCannotBeDealtEvenlyIsRefused() {
    assertThatThrownBy(() -> new MinibatchSchedule(9, new int[] {20, 20}, KEY))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("batch of 9 images")
        .hasMessageContaining("set a multiple of 2");
    assertThatThrownBy(() -> new MinibatchSchedule(0, new int[] {20, 20}, KEY))
        .isInstanceOf(SettingsException.class);
  }

  @Test
  void aShardSmallerThanItsPartOfTheBatchIsRefused() {
    assertThatThrownBy(() -> new MinibatchSchedule(16, new int[] {8, 7}, KEY))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("shard 1 has 7 images, fewer than its 8");
  }

  private static byte[] bytes(MinibatchSchedule schedule) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(schedule);
    }
    return bytes.toByteArray();
  }

  private static int[] epoch(MinibatchSchedule schedule, int epoch, int shard) {
    int steps = schedule.stepsPerEpoch();
    return IntStream.range(epoch * steps, (epoch + 1) * steps)
        .flatMap(step -> Arrays.stream(schedule.minibatch(step, shard).indices()))
        .sorted()
        .toArray();
  }
}
