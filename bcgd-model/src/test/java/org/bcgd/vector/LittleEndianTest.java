// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LittleEndianTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "0, 16", "3, 40", "1, 50", "33, 50"})
  void floatsOfBytesAreAddedWhereTheyStandAndNowhereElse(int from, int to) {
    ByteBuffer bytes = ByteBuffer.allocate(50 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    float[] sums = new float[50];
    for (int i = 0; i < 50; i++) {
      bytes.putFloat(i * 0.1f - 2);
      sums[i] = 1f / (i + 1);
    }
    LittleEndian.add(bytes.array(), sums, from, to);
    for (int i = 0; i < 50; i++) {
      float before = 1f / (i + 1);
      assertThat(sums[i]).isEqualTo(i < from || i >= to ? before : before + (i * 0.1f - 2));
    }
  }
}
