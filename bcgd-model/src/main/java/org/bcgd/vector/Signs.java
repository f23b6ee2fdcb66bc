// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Signs of values, one bit each: set for values of at least 0, that of the first value in the
 * lowest bit of the first byte. Every loop gives the same bits whatever the width of the vectors.
 */
public final class Signs {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final IntVector LANE_BITS =
      IntVector.broadcast(Lanes.INTS, 1)
          .lanewise(VectorOperators.LSHL, IntVector.zero(Lanes.INTS).addIndex(1));

  private Signs() {}

  /** Bytes that so many signs take. */
  public static int bytes(int count) {
    return (count + Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * Packs the signs of {@code values[from, to)}; that of value {@code from} goes to the first bit
   * of byte {@code at}. Bits behind the last value are not set.
   */
  public static void pack(float[] values, int from, int to, byte[] signs, int at) {
    int i = from;
    for (; i <= to - Integer.SIZE; i += Integer.SIZE) {
      IntVector packed = IntVector.zero(Lanes.INTS);
      for (int lane = 0; lane < Integer.SIZE; lane += Lanes.COUNT) {
        packed = packed.or(signs(values, i + lane).lanewise(VectorOperators.LSHL, lane));
      }
      WORDS.set(signs, at + (i - from) / Byte.SIZE, packed.reduceLanes(VectorOperators.OR));
    }
    for (; i < to; i += Byte.SIZE) {
      int packed = 0;
      for (int bit = 0; bit < Math.min(Byte.SIZE, to - i); bit++) {
        // adding 0 turns −0 into +0
        packed |= (~Float.floatToRawIntBits(values[i + bit] + 0f) >>> Integer.SIZE - 1) << bit;
      }
      signs[at + (i - from) / Byte.SIZE] = (byte) packed;
    }
  }

  /** The bit of each lane, set or not. */
  private static IntVector signs(float[] values, int i) {
    IntVector bits = FloatVector.fromArray(Lanes.FLOATS, values, i).add(0f).reinterpretAsInts();
    return bits.not().lanewise(VectorOperators.ASHR, Integer.SIZE - 1).and(LANE_BITS);
  }

  /** {@code target[at + i] = ±1} for the signs {@code from + i}, i = 0..length−1. */
  public static void unpack(byte[] signs, int from, float[] target, int at, int length) {
    int i = 0;
    for (; i < length && (from + i) % Lanes.COUNT != 0; i++) {
      target[at + i] = sign(signs, from + i);
    }
    for (; i <= length - Lanes.COUNT; i += Lanes.COUNT) {
      choose(signs, from + i, 1).intoArray(target, at + i);
    }
    for (; i < length; i++) {
      target[at + i] = sign(signs, from + i);
    }
  }

  /** {@code y[at + i] = kept · y[at + i] ± added} for the signs {@code from + i}. */
  public static void blend(
      byte[] signs, int from, float kept, float added, float[] y, int at, int length) {
    int i = 0;
    for (; i < length && (from + i) % Lanes.COUNT != 0; i++) {
      y[at + i] = kept * y[at + i] + added * sign(signs, from + i);
    }
    for (; i <= length - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.FLOATS, y, at + i)
          .mul(kept)
          .add(choose(signs, from + i, added))
          .intoArray(y, at + i);
    }
    for (; i < length; i++) {
      y[at + i] = kept * y[at + i] + added * sign(signs, from + i);
    }
  }

  /** Plus or minus {@code value} in each lane. */
  private static FloatVector choose(byte[] signs, int first, float value) {
    return FloatVector.broadcast(Lanes.FLOATS, -value)
        .blend(
            value,
            IntVector.broadcast(Lanes.INTS, laneBits(signs, first))
                .and(LANE_BITS)
                .compare(VectorOperators.NE, 0)
                .cast(Lanes.FLOATS));
  }

  private static int laneBits(byte[] signs, int first) {
    int low = signs[first / Byte.SIZE] & 0xFF;
    return Lanes.COUNT > Byte.SIZE
        ? low | signs[first / Byte.SIZE + 1] << Byte.SIZE
        : low >> first % Byte.SIZE;
  }

  private static float sign(byte[] signs, int i) {
    return (signs[i / Byte.SIZE] >> i % Byte.SIZE & 1) * 2 - 1;
  }
}
