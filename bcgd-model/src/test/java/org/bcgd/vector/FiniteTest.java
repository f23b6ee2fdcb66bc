// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteTest {

  @ParameterizedTest
  @ValueSource(
      floats = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.MAX_VALUE, -0f})
  void oneValueDecidesWhereverItStands(float value) {
    for (int length : new int[] {1, 15, 16, 17, 100}) {
      float[] values = new float[length + 2];
      Arrays.fill(values, -Float.MAX_VALUE);
      for (int at = 1; at <= length; at++) {
        values[at] = value;
        assertThat(Finite.all(values, 1, length + 1)).isEqualTo(Float.isFinite(value));
        values[at] = Float.MIN_VALUE;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40})
  void whatStandsOutsideDoesNotCount(int length) {
    float[] values = new float[length + 2];
    values[0] = Float.NaN;
    values[length + 1] = Float.POSITIVE_INFINITY;
    assertThat(Finite.all(values, 1, length + 1)).isTrue();
  }
}
