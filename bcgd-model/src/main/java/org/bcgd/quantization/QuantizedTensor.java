// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import org.bcgd.parallel.FixedChunks;

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
    byte[] levels = new byte[length];
    float[] scales = new float[groups];
    int groupLength = length / groups;
    for (int g = 0; g < groups; g++) {
      int at = g * groupLength;
      scales[g] = quantizer.project(weights, from + at, from + at + groupLength, levels, at);
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
    return scales[i / groupLength()] * levels[i];
  }

  /** Writes the values to {@code destination[offset, offset + length)}. */
  public void writeTo(float[] destination, int offset) {
    int groupLength = groupLength();
    for (int g = 0; g < scales.length; g++) {
      float scale = scales[g];
      FixedChunks.forEach(
          g * groupLength,
          (g + 1) * groupLength,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              destination[offset + i] = scale * levels[i];
            }
          });
    }
  }

  /**
   * Blends the values from..to−1 into {@code destination}, that of weight 0 at {@code offset}.
   *
   * <pre>
   *   y ← (1 − share)·y + share·w
   * </pre>
   */
  public void blendInto(float[] destination, int offset, float share, int from, int to) {
    float kept = 1 - share;
    int groupLength = groupLength();
    for (int start = from; start < to; ) {
      int group = start / groupLength;
      int end = Math.min(to, (group + 1) * groupLength);
      float added = share * scales[group];
      for (int i = start; i < end; i++) {
        destination[offset + i] = kept * destination[offset + i] + added * levels[i];
      }
      start = end;
    }
  }

  private int groupLength() {
    return levels.length / scales.length;
  }
}
