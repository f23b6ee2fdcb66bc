// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loops against one value at a time, from every place within a vector. */
class SignsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 17, 64, 95, 1000})
  void aBitIsSetForEveryValueOfAtLeastZero(int length) {
    for (int from = 0; from < 3; from++) {
      float[] values = values(from + length);
      byte[] signs = new byte[Signs.bytes(length) + 1];
      Signs.pack(values, from, from + length, signs, 1);
      for (int i = 0; i < length; i++) {
        assertThat(bit(signs, Byte.SIZE + i)).isEqualTo(values[from + i] >= 0);
      }
      for (int i = length; i < Byte.SIZE * Signs.bytes(length); i++) {
        assertThat(bit(signs, Byte.SIZE + i)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 33, 500})
  void whatIsUnpackedAndBlendedAreTheSigns(int length) {
    float[] values = values(600);
    byte[] signs = new byte[Signs.bytes(600)];
    Signs.pack(values, 0, 600, signs, 0);
    for (int from = 0; from < 20; from++) {
      float[] unpacked = new float[length + 2];
      float[] blended = values(length + 2);
      float[] before = blended.clone();
      Signs.unpack(signs, from, unpacked, 1, length);
      Signs.blend(signs, from, 0.75f, 0.3f, blended, 1, length);
      for (int i = 1; i <= length; i++) {
        float sign = values[from + i - 1] >= 0 ? 1 : -1;
        assertThat(unpacked[i]).isEqualTo(sign);
        assertThat(blended[i]).isEqualTo(0.75f * before[i] + 0.3f * sign);
      }
      assertThat(unpacked[0] + unpacked[length + 1]).isZero();
      assertThat(blended[length + 1]).isEqualTo(before[length + 1]);
    }
  }

  private static boolean bit(byte[] signs, int i) {
    return (signs[i / Byte.SIZE] >> i % Byte.SIZE & 1) == 1;
  }

  /** Normal values, zeros of both signs and infinities among them. */
  private static float[] values(int length) {
    RandomGenerator random = RandomKey.of(length).generator();
    float[] special = {0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -Float.MIN_VALUE};
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] =
          random.nextInt(4) == 0
              ? special[random.nextInt(special.length)]
              : (float) random.nextGaussian();
    }
    return values;
  }
}
