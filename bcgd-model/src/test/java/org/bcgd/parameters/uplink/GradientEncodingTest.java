// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientEncodingTest {

  private static final RandomKey KEY = RandomKey.of(1);

  @Test
  void everyBitOfFloat32Arrives() {
    float[] values = {1.1f, 0, Float.MIN_VALUE, -3e38f, Float.POSITIVE_INFINITY};
    GradientEncoding encoding = new Float32Encoding(5);
    byte[] sent = encoding.encode(values, 0, 5, KEY);
    assertThat(encoding.sum(List.of(sent), 0, 5)).containsExactly(values);
  }

  /** 1 + k/128 are neighbours in bfloat16: what lies between goes to the nearer, ties to even. */
  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "1.0039, 1.0", // below the middle
    "1.00390625, 1.0", // the middle of 0/128 and 1/128: to even
    "1.004, 1.0078125",
    "1.01171875, 1.015625", // the middle of 1/128 and 2/128: to even
    "-1.004, -1.0078125",
    "1e-40, 9.18355e-41", // one step of 2^-133
    "3.4e38, Infinity"
  })
  void bfloat16RoundsToNearestEven(float value, float arrives) {
    assertThat(through(value)).isCloseTo(arrives, within(Math.abs(arrives) * 1e-6f));
  }

  @Test
  void notANumberStaysOne() {
    assertThat(through(Float.NaN)).isNaN();
    assertThat(through(Float.intBitsToFloat(0x7F800001))).isNaN();
    assertThat(through(Float.intBitsToFloat(0x7FFFFFFF))).isNaN();
  }

  @Test
  void roundingHasNoBias() {
    RandomGenerator random = RandomKey.of(4).generator();
    double sum = 0;
    double exact = 0;
    for (int i = 0; i < 200_000; i++) {
      float value = 1 + random.nextFloat();
      exact += value;
      sum += through(value);
    }
    assertThat(sum / exact).isCloseTo(1, within(1e-5));
  }

  private static float through(float value) {
    GradientEncoding encoding = new Bfloat16Encoding(1);
    return encoding.sum(List.of(encoding.encode(new float[] {value}, 0, 1, KEY)), 0, 1)[0];
  }
}
