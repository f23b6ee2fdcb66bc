// SPDX-License-Identifier: Apache-2.0
package org.bcgd.importing;

import java.nio.ByteBuffer;
import java.util.List;
import org.bcgd.failure.DataException;

/**
 * A tensor of a file.
 *
 * @param name in the file
 * @param type of its numbers
 * @param shape row-major
 * @param bytes its numbers, little-endian, from position 0
 */
record NamedTensor(String name, TensorType type, List<Integer> shape, ByteBuffer bytes) {

  NamedTensor {
    shape = List.copyOf(shape);
  }

  /**
   * Writes the numbers into {@code target} as float32, from {@code offset} on.
   *
   * @param where the file's name, for messages
   * @throws DataException if one is not finite in float32
   */
  void copyTo(float[] target, int offset, String where) {
    int count = bytes.limit() / type.bytes();
    for (int i = 0; i < count; i++) {
      float value = type.value(bytes, i);
      if (!Float.isFinite(value)) {
        throw new DataException(
            "Tensor %s of %s cannot be used: its value number %d is %s in float32."
                .formatted(name, where, i, value));
      }
      target[offset + i] = value;
    }
  }
}
