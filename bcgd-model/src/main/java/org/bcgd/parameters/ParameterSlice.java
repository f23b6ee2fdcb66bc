// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.util.List;

/**
 * One tensor of a network inside the flat parameter vector.
 *
 * @param name layer and parameter, for example {@code conv1/W}
 * @param role what it is
 * @param offset index of its first value in the flat vector
 * @param shape row-major, output channels first: [out, in, height, width] for a convolution, [out,
 *     in] for a dense layer, [channels] for the rest
 */
public record ParameterSlice(String name, ParameterRole role, int offset, List<Integer> shape) {

  public ParameterSlice {
    shape = List.copyOf(shape);
    if (offset < 0 || shape.isEmpty() || shape.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "parameter " + name + " has offset " + offset + " and shape " + shape);
    }
  }

  /** Number of values. */
  public int length() {
    int length = 1;
    for (int extent : shape) {
      length = Math.multiplyExact(length, extent);
    }
    return length;
  }

  /** One past the index of its last value in the flat vector. */
  public int end() {
    return offset + length();
  }

  /** Output channels: the extent of the first dimension. */
  public int outputs() {
    return shape.get(0);
  }
}
