// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class Bfloat16Test {

  private static final int LENGTH = 16;

  @Test
  void wholeNumbersUpTo256AreExact() {
    for (int first = 0; first < 256; first += LENGTH) {
      float[] numbers = new float[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        numbers[i] = first + i + 1;
      }
      assertThat(throughMemory(numbers)).containsExactly(numbers);
    }
  }

  @Test
  void tiesGoToTheEvenNeighbour() {
    float[] x = new float[LENGTH];
    x[0] = 1 + 1f / 256; // between 1 and 1 + 1/128, whose last bit is odd
    x[1] = 1 + 3f / 256;
    x[2] = -1 - 1f / 256;
    x[3] = Math.nextUp(1 + 1f / 256);

    float[] rounded = throughMemory(x);

    assertThat(rounded[0]).isEqualTo(1);
    assertThat(rounded[1]).isEqualTo(1 + 2f / 128);
    assertThat(rounded[2]).isEqualTo(-1);
    assertThat(rounded[3]).isEqualTo(1 + 1f / 128);
  }

  private static float[] throughMemory(float[] x) {
    ByteBuffer memory =
        ByteBuffer.allocateDirect(2 * Short.BYTES * LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    Bfloat16.store(x, memory, LENGTH, LENGTH);
    float[] back = new float[LENGTH];
    Bfloat16.load(memory, LENGTH, back, LENGTH);
    return back;
  }
}
