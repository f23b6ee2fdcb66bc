// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardAssignmentTest {

  private static final RandomKey KEY = RandomKey.of(7);

  @ParameterizedTest
  @CsvSource({"10,1", "10,3", "10,10", "1000,7", "1001,8"})
  void everySampleLiesInExactlyOneShard(int samples, int shards) {
    ShardAssignment assignment = new ShardAssignment(samples, shards, KEY);
    int[] all =
        IntStream.range(0, shards)
            .flatMap(shard -> Arrays.stream(assignment.samplesOf(shard)))
            .sorted()
            .toArray();
    assertThat(all).isEqualTo(IntStream.range(0, samples).toArray());
  }

  @ParameterizedTest
  @CsvSource({"10,3", "1000,7", "1001,8"})
  void sizesDifferByAtMostOneAndTellTheTruth(int samples, int shards) {
    ShardAssignment assignment = new ShardAssignment(samples, shards, KEY);
    int[] counted =
        IntStream.range(0, shards).map(shard -> assignment.samplesOf(shard).length).toArray();
    assertThat(assignment.sizes()).isEqualTo(counted);
    assertThat(Arrays.stream(counted).max().getAsInt() - Arrays.stream(counted).min().getAsInt())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void samplesOfAShardAscend() {
    assertThat(new ShardAssignment(1000, 4, KEY).samplesOf(2)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anotherKeyDealsOtherwise() {
    assertThat(new ShardAssignment(1000, 4, KEY).samplesOf(0))
        .isEqualTo(new ShardAssignment(1000, 4, RandomKey.of(7)).samplesOf(0))
        .isNotEqualTo(new ShardAssignment(1000, 4, RandomKey.of(8)).samplesOf(0));
  }

  @Test
  void moreShardsThanSamplesAreRefused() {
    assertThatThrownBy(() -> new ShardAssignment(3, 4, KEY))
        .isInstanceOf(SettingsException.class)
        .hasMessage("3 samples cannot be dealt to 4 shards: set 1..3");
  }

  @Test
  void aPartOfTheDatasetIsDrawnFromAllOfIt() {
    ShardAssignment part = new ShardAssignment(1000, 100, 4, KEY);
    int[] drawn =
        IntStream.range(0, 4).flatMap(shard -> IntStream.of(part.samplesOf(shard))).toArray();
    assertThat(drawn).hasSize(100).doesNotHaveDuplicates();
    assertThat(IntStream.of(drawn).average().orElseThrow()).isBetween(400.0, 600.0);
  }
}
