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

  @Test
  void codesAreUnsignedBytes() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(256 + 16);
    float[] codes = new float[256];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i;
    }
    WholeNumbers.storeCodes(codes, bytes, 16, codes.length);
    for (int i = 0; i < codes.length; i++) {
      assertThat(Byte.toUnsignedInt(bytes.get(16 + i))).isEqualTo(i);
    }
    float[] back = new float[256];
    WholeNumbers.loadCodes(bytes, 16, back, back.length);
    assertThat(back).containsExactly(codes);
  }

  @Test
  void widenedCodesAreTheUpperHalvesOfTheirFloats() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(256 + 16);
    ByteBuffer wide = ByteBuffer.allocateDirect(2 * (256 + 16)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 256; i++) {
      bytes.put(16 + i, (byte) i);
    }
    WholeNumbers.widenCodes(bytes, wide, 16, 256);
    for (int i = 0; i < 256; i++) {
      assertThat(wide.getShort(2 * (16 + i))).isEqualTo((short) (Float.floatToIntBits(i) >>> 16));
    }
    assertThat(wide.getLong(0)).isZero();
  }

  @Test
  void sumsOfThirtyTwoBitsAreExactBelowTwoToTheTwentyFour() {
    int[] sums = {0, 1, -1, 255, -32769, 1 << 23, -(1 << 23) - 1, (1 << 24) - 1, -(1 << 24) + 1};
    ByteBuffer bytes = ByteBuffer.allocateDirect(4 * 32).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < sums.length; i++) {
      bytes.putInt(4 * (16 + i), sums[i]);
    }
    float[] back = new float[16];
    WholeNumbers.loadSums(bytes, 16, back, 16);
    for (int i = 0; i < sums.length; i++) {
      assertThat((int) back[i]).isEqualTo(sums[i]);
    }
  }
}
