// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.bcgd.parallel.FixedChunks;

/**
 * Levels as bits. A one-bit level is a set bit for +1; a level of b bits is b bits of two's
 * complement; the first level is in the lowest bits of the first byte.
 */
final class PackedLevels {

  private static final VarHandle EIGHT_LEVELS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SIGN_BITS = 0x8080808080808080L;
  private static final long GATHER = 0x0102040810204080L;
  private static final long EVERY_BYTE = 0x0101010101010101L;
  private static final long ONE_BIT_EACH = 0x8040201008040201L;
  private static final long BELOW_SIGN = 0x7F7F7F7F7F7F7F7FL;
  private static final long PLUS_TO_MINUS = 0xFE; // +1 and −1 differ in these bits

  private PackedLevels() {}

  /** Bytes that {@code count} levels take. */
  static int bytes(int bits, int count) {
    return (int) (((long) bits * count + 7) / 8);
  }

  static byte[] pack(byte[] levels, int bits) {
    byte[] packed = new byte[bytes(bits, levels.length)];
    if (bits == 1) {
      // A chunk is a multiple of 8 levels, so no two chunks share a byte.
      FixedChunks.forEach(0, levels.length, (from, to) -> packSigns(levels, from, to, packed));
    } else {
      packFields(levels, bits, packed);
    }
    return packed;
  }

  static byte[] unpack(byte[] packed, int bits, int count) {
    byte[] levels = new byte[count];
    if (bits == 1) {
      unpackSigns(packed, levels);
    } else {
      unpackFields(packed, bits, levels);
    }
    return levels;
  }

  /**
   * Levels {@code first..first + count − 1} to the start of {@code levels}: in plain loops, which
   * are fast sooner than those on words.
   */
  static void unpack(byte[] packed, int bits, int first, byte[] levels, int count) {
    if (bits == 1) {
      for (int i = 0; i < count; i++) {
        int at = first + i;
        levels[i] = (byte) ((packed[at >> 3] >> (at & 7) & 1) * 2 - 1);
      }
    } else {
      unpackFields(packed, bits, first, levels, count);
    }
  }

  private static void unpackFields(byte[] packed, int bits, int first, byte[] levels, int count) {
    int unused = Integer.SIZE - bits;
    for (int i = 0; i < count; i++) {
      long at = (long) bits * (first + i);
      int index = (int) (at / Byte.SIZE);
      int two = packed[index] & 0xFF;
      if (index + 1 < packed.length) {
        two |= packed[index + 1] << Byte.SIZE;
      }
      int field = two >> at % Byte.SIZE;
      levels[i] = (byte) (field << unused >> unused);
    }
  }

  private static void packSigns(byte[] levels, int from, int to, byte[] packed) {
    int i = from;
    for (; i <= to - Byte.SIZE; i += Byte.SIZE) {
      // The sign bit of each of eight levels, gathered into one byte by a multiplication.
      long signs = (~(long) EIGHT_LEVELS.get(levels, i) & SIGN_BITS) >>> 7;
      packed[i / Byte.SIZE] = (byte) (signs * GATHER >>> 56);
    }
    int rest = 0;
    for (int bit = 0; i + bit < to; bit++) {
      rest |= (levels[i + bit] > 0 ? 1 : 0) << bit;
    }
    if (i < to) {
      packed[i / Byte.SIZE] = (byte) rest;
    }
  }

  private static void unpackSigns(byte[] packed, byte[] levels) {
    int i = 0;
    for (; i <= levels.length - Byte.SIZE; i += Byte.SIZE) {
      EIGHT_LEVELS.set(levels, i, signs(packed[i / Byte.SIZE]));
    }
    if (i < levels.length) {
      long rest = signs(packed[i / Byte.SIZE]);
      for (; i < levels.length; i++) {
        levels[i] = (byte) rest;
        rest >>>= Byte.SIZE;
      }
    }
  }

  /** Eight levels, a byte each: bit i of the byte goes to byte i, and what is not 0 to its sign. */
  private static long signs(byte bits) {
    long apart = (bits & 0xFF) * EVERY_BYTE & ONE_BIT_EACH;
    long plus = (apart + BELOW_SIGN & SIGN_BITS) >>> 7;
    return ~(plus * PLUS_TO_MINUS);
  }

  private static void packFields(byte[] levels, int bits, byte[] packed) {
    int mask = (1 << bits) - 1;
    int pending = 0;
    int filled = 0;
    int end = 0;
    for (byte level : levels) {
      pending |= (level & mask) << filled;
      filled += bits;
      if (filled >= Byte.SIZE) {
        packed[end++] = (byte) pending;
        pending >>>= Byte.SIZE;
        filled -= Byte.SIZE;
      }
    }
    if (filled > 0) {
      packed[end] = (byte) pending;
    }
  }

  private static void unpackFields(byte[] packed, int bits, byte[] levels) {
    int unused = Integer.SIZE - bits;
    int pending = 0;
    int filled = 0;
    int next = 0;
    for (int i = 0; i < levels.length; i++) {
      if (filled < bits) {
        pending |= (packed[next++] & 0xFF) << filled;
        filled += Byte.SIZE;
      }
      // The shift down is arithmetic: it restores the sign of a two's complement field.
      levels[i] = (byte) (pending << unused >> unused);
      pending >>>= bits;
      filled -= bits;
    }
  }
}
