// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import java.util.Arrays;

/**
 * A tensor of low-bit weights: integer levels, and one scale for the whole tensor or for each
 * output channel.
 *
 * <pre>
 *   w[c, i] = scales[c] · levels[c, i]        (scales[0] throughout when there is one scale)
 * </pre>
 *
 * <p>The arrays are owned by the tensor and must not be changed after construction.
 */
public final class QuantizedTensor {

  private final int bits;
  private final float[] scales; // [1] or [output channels]
  private final byte[] levels; // [output channels, weights per channel]

  public QuantizedTensor(int bits, float[] scales, byte[] levels) {
    if (scales.length == 0 || levels.length % scales.length != 0) {
      throw new IllegalArgumentException(
          levels.length + " levels cannot be divided over " + scales.length + " scales");
    }
    this.bits = bits;
    this.scales = scales;
    this.levels = levels;
  }

  /**
   * Projects {@code weights[from, from + length)} in {@code groups} equal consecutive groups, each
   * with a scale of its own.
   */
  public static QuantizedTensor project(
      WeightQuantizer quantizer, float[] weights, int from, int length, int groups) {
    float[] slice = Arrays.copyOfRange(weights, from, from + length);
    byte[] levels = new byte[length];
    float[] scales = new float[groups];
    int groupLength = length / groups;
    for (int g = 0; g < groups; g++) {
      scales[g] = quantizer.project(slice, g * groupLength, (g + 1) * groupLength, levels);
    }
    return new QuantizedTensor(quantizer.bits(), scales, levels);
  }

  /** Bits a level takes. */
  public int bits() {
    return bits;
  }

  /** Number of weights. */
  public int length() {
    return levels.length;
  }

  /** The scales δ, [1] or [output channels]; not to be changed. */
  public float[] scales() {
    return scales;
  }

  /** The levels q, output channel by output channel; not to be changed. */
  public byte[] levels() {
    return levels;
  }

  /** The value of weight {@code i}: scale times level. */
  public float value(int i) {
    return scales[i / (levels.length / scales.length)] * levels[i];
  }

  /** Writes the values to {@code destination[offset, offset + length)}. */
  public void writeTo(float[] destination, int offset) {
    int groupLength = levels.length / scales.length;
    for (int g = 0; g < scales.length; g++) {
      for (int i = g * groupLength; i < (g + 1) * groupLength; i++) {
        destination[offset + i] = scales[g] * levels[i];
      }
    }
  }
}
