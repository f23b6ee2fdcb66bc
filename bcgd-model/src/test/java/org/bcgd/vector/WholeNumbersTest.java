// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class WholeNumbersTest {

  @Test
  void sumsOfSixteenBitsComeBackAsTheyWere() {
    float[] sums = new float[1 << 16];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = i + Short.MIN_VALUE;
    }
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(2 * sums.length + 32).order(ByteOrder.LITTLE_ENDIAN);
    WholeNumbers.storeNarrowSums(sums, bytes, 16, sums.length);
    float[] back = new float[sums.length];
    WholeNumbers.loadNarrowSums(bytes, 16, back, back.length);

    assertThat(back).containsExactly(sums);
    assertThat(bytes.getShort(32)).isEqualTo(Short.MIN_VALUE);
  }
}
