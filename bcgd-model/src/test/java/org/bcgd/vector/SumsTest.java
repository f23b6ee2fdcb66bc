// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumsTest {

  // Multiples of 1/1024 below 2: their sums are exact in double, whatever the order.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 1023, 1024, 5000})
  void magnitudesAreAddedUpOnceEach(int length) {
    RandomGenerator random = RandomKey.of(length).generator();
    float[] values = new float[length + 3];
    double expected = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.nextInt(4096) - 2048) / 1024f;
      expected += i >= 2 && i < length + 2 ? Math.abs(values[i]) : 0;
    }
    assertThat(Sums.magnitudes(values, 2, length + 2)).isEqualTo(expected);
  }
}
