// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import java.util.Arrays;
import org.bcgd.parallel.FixedChunks;
import org.bcgd.vector.Signs;

/**
 * A tensor of low-bit weights: integer levels, and one scale for the whole tensor or for each
 * output channel.
 *
 * <pre>
 *   w[c, i] = scales[c] · levels[c, i]        (scales[0] throughout when there is one scale)
 * </pre>
 *
 * <p>Levels are held packed, as they are stored, or a byte each; each form is made of the other
 * when it is first asked for. The arrays are owned by the tensor and must not be changed after
 * construction.
 */
public final class QuantizedTensor {

  private final int bits;
  private final float[] scales; // [1] or [output channels]
  private final int length;
  private volatile byte[] packed; // as PackedLevels says, or null
  private volatile byte[] levels; // [output channels, weights per channel], or null

  public QuantizedTensor(int bits, float[] scales, byte[] levels) {
    this(bits, scales, levels.length, null, levels);
  }

  private QuantizedTensor(int bits, float[] scales, int length, byte[] packed, byte[] levels) {
    if (scales.length == 0 || length % scales.length != 0) {
      throw new IllegalArgumentException(
          length + " levels cannot be divided over " + scales.length + " scales");
    }
    this.bits = bits;
    this.scales = scales;
    this.length = length;
    this.packed = packed;
    this.levels = levels;
  }

  /**
   * A tensor of packed levels: each of {@code bits} bits, the first in the lowest bits of the first
   * byte, in two's complement; a level of one bit is a set bit for +1.
   */
  public static QuantizedTensor ofPacked(int bits, float[] scales, byte[] packed, int length) {
    if (packed.length != packedBytes(bits, length)) {
      throw new IllegalArgumentException(
          packed.length + " bytes for " + length + " levels of " + bits + " bits");
    }
    return new QuantizedTensor(bits, scales, length, packed, null);
  }

  /** Bytes that so many packed levels take. */
  public static int packedBytes(int bits, int length) {
    return PackedLevels.bytes(bits, length);
  }

  /**
   * Projects {@code weights[from, from + length)} in {@code groups} equal consecutive groups, each
   * with a scale of its own.
   */
  public static QuantizedTensor project(
      WeightQuantizer quantizer, float[] weights, int from, int length, int groups) {
    int groupLength = length / groups;
    float[] scales = new float[groups];
    if (quantizer instanceof BinaryQuantizer binary && groupLength % Byte.SIZE == 0) {
      byte[] signs = new byte[Signs.bytes(length)];
      for (int g = 0; g < groups; g++) {
        int at = from + g * groupLength;
        scales[g] = binary.projectPacked(weights, at, at + groupLength, signs, from);
      }
      return ofPacked(1, scales, signs, length);
    }
    byte[] levels = new byte[length];
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
    return length;
  }

  /** The scales δ, [1] or [output channels]; not to be changed. */
  public float[] scales() {
    return scales;
  }

  /** The levels q, output channel by output channel; not to be changed. */
  public byte[] levels() {
    if (levels == null) {
      levels = PackedLevels.unpack(packed, bits, length);
    }
    return levels;
  }

  /** The levels packed, see {@link #ofPacked}; not to be changed. */
  public byte[] packed() {
    if (packed == null) {
      packed = PackedLevels.pack(levels, bits);
    }
    return packed;
  }

  /**
   * Writes the levels {@code first..first + count − 1} to the start of {@code target}; what is held
   * packed stays so.
   */
  public void levelsTo(byte[] target, int first, int count) {
    if (levels != null) {
      System.arraycopy(levels, first, target, 0, count);
    } else {
      PackedLevels.unpack(packed, bits, first, target, count);
    }
  }

  /**
   * Writes the levels {@code first..first + count − 1} as floats to the start of {@code target}.
   */
  public void levelsTo(float[] target, int first, int count) {
    if (bits == 1) {
      Signs.unpack(packed(), first, target, 0, count);
    } else {
      byte[] all = levels();
      for (int i = 0; i < count; i++) {
        target[i] = all[first + i];
      }
    }
  }

  /** The value of weight {@code i}: scale times level. */
  public float value(int i) {
    return scales[i / groupLength()] * levels()[i];
  }

  /** Writes the values to {@code destination[offset, offset + length)}. */
  public void writeTo(float[] destination, int offset) {
    Arrays.fill(destination, offset, offset + length, 0);
    FixedChunks.forEach(0, length, (from, to) -> blendInto(destination, offset, 1, from, to));
  }

  /**
   * Blends the values from..to−1 into {@code destination}, that of weight 0 at {@code offset}.
   *
   * <pre>
   *   y ← (1 − share)·y + share·w
   * </pre>
   */
  public void blendInto(float[] destination, int offset, float share, int from, int to) {
    int groupLength = groupLength();
    for (int start = from; start < to; ) {
      int group = start / groupLength;
      int end = Math.min(to, (group + 1) * groupLength);
      blend(destination, offset, 1 - share, share * scales[group], start, end);
      start = end;
    }
  }

  private void blend(float[] destination, int offset, float kept, float added, int from, int to) {
    if (bits == 1) {
      Signs.blend(packed(), from, kept, added, destination, offset + from, to - from);
    } else {
      byte[] all = levels();
      for (int i = from; i < to; i++) {
        destination[offset + i] = kept * destination[offset + i] + added * all[i];
      }
    }
  }

  /** Number of levels that differ from those of {@code other}, which has as many. */
  public int changedLevels(QuantizedTensor other) {
    return bits == 1 && other.bits == 1
        ? differentBits(packed(), other.packed())
        : differentBytes(levels(), other.levels());
  }

  private static int differentBits(byte[] mine, byte[] theirs) {
    int different = 0;
    for (int i = nextDifference(mine, theirs, 0); i >= 0; i = nextDifference(mine, theirs, i + 1)) {
      different += Integer.bitCount((mine[i] ^ theirs[i]) & 0xFF);
    }
    return different;
  }

  private static int differentBytes(byte[] mine, byte[] theirs) {
    int different = 0;
    for (int i = nextDifference(mine, theirs, 0); i >= 0; i = nextDifference(mine, theirs, i + 1)) {
      different++;
    }
    return different;
  }

  /** Levels rarely change: equal runs are passed over at the speed of memory. */
  private static int nextDifference(byte[] mine, byte[] theirs, int from) {
    int equal = Arrays.mismatch(mine, from, mine.length, theirs, from, theirs.length);
    return equal < 0 ? -1 : from + equal;
  }

  private int groupLength() {
    return length / scales.length;
  }
}
