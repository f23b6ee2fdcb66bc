// SPDX-License-Identifier: Apache-2.0
package org.bcgd.randomness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomKeyTest {

  @Test
  void equalKeysDrawEqualNumbers() {
    assertThat(RandomKey.of(1).with(2).with(3).generator().nextLong())
        .isEqualTo(RandomKey.of(1).with(2).with(3).generator().nextLong());
  }

  @Test
  void anyNumberOfAStreamCanBeDrawnByItself() {
    RandomKey key = RandomKey.of(5).with(6);
    RandomGenerator random = key.generator();
    for (int index = 0; index < 100; index++) {
      assertThat(key.number(index)).isEqualTo(random.nextLong());
    }
  }

  @Test
  void theOrderOfThePartsMatters() {
    assertThat(RandomKey.of(1).with(2).with(3)).isNotEqualTo(RandomKey.of(1).with(3).with(2));
  }

  @Test
  void neighbouringKeysDiffer() {
    assertThat(
            LongStream.range(0, 10_000)
                .map(i -> RandomKey.of(7).with(i).value())
                .distinct()
                .count())
        .isEqualTo(10_000);
  }

  /** From a SplitMix64 written in Python: a change would change every published run. */
  @Test
  void streamsStayAsTheyAre() {
    RandomKey key = RandomKey.of(42).with(1);
    assertThat(key.value()).isEqualTo(8303042382312347024L);
    RandomGenerator random = key.generator();
    assertThat(random.nextLong()).isEqualTo(-2474303444793901551L);
    assertThat(random.nextLong()).isEqualTo(8315453762959804968L);
  }

  @Test
  void aPermutationHoldsEveryNumberOnce() {
    assertThat(IntStream.of(RandomKey.of(3).permutation(1000)).sorted().toArray())
        .containsExactly(IntStream.range(0, 1000).toArray());
  }
}
