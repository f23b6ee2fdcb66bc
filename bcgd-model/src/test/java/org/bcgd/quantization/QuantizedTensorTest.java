// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedTensorTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyPartOfPackedLevelsIsThatOfTheLevels(int bits) {
    byte[] levels = new byte[61];
    int most = (1 << (bits - 1)) - 1;
    for (int i = 0; i < levels.length; i++) {
      int drawn = i * 37 % 101;
      levels[i] = (byte) (bits == 1 ? 2 * (drawn % 2) - 1 : drawn % (2 * most + 1) - most);
    }
    byte[] packed = new QuantizedTensor(bits, new float[] {1}, levels).packed();
    for (int first = 0; first < levels.length; first++) {
      QuantizedTensor tensor =
          QuantizedTensor.ofPacked(bits, new float[] {1}, packed, levels.length);
      for (int count = 1; first + count <= levels.length; count++) {
        byte[] part = new byte[count];
        tensor.levelsTo(part, first, count);
        assertThat(part).isEqualTo(Arrays.copyOfRange(levels, first, first + count));
      }
    }
  }
}
