// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bcgd.parallel.FixedChunks;
import org.bcgd.quantization.QuantizedTensor;

/**
 * Levels as bits. A one-bit level is a set bit for +1; a level of b bits is b bits of two's
 * complement; the first level is in the lowest bits of the first byte.
 */
public final class PackedLevels {

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
  public static int bytes(int bits, int count) {
    return (int) (((long) bits * count + 7) / 8);
  }

  /** Writes the levels of a tensor to a buffer over an array. */
  public static void put(ByteBuffer out, QuantizedTensor tensor) {
    int start = out.position();
    byte[] levels = tensor.levels();
    out.position(start + bytes(tensor.bits(), levels.length));
    if (tensor.bits() == 1) {
      // A chunk is a multiple of 8 levels, so no two chunks share a byte.
      FixedChunks.forEach(
          0, levels.length, (from, to) -> packSigns(levels, from, to, out.array(), start));
    } else {
      packFields(levels, tensor.bits(), out.array(), start);
    }
  }

  /** Reads {@code count} levels from a buffer. */
  public static byte[] get(ByteBuffer in, int bits, int count) {
    byte[] levels = new byte[count];
    if (bits == 1) {
      unpackSigns(in, levels);
    } else {
      unpackFields(in, bits, levels);
    }
    return levels;
  }

  private static void packSigns(byte[] levels, int from, int to, byte[] packed, int start) {
    int i = from;
    for (; i <= to - Byte.SIZE; i += Byte.SIZE) {
      // The sign bit of each of eight levels, gathered into one byte by a multiplication.
      long signs = (~(long) EIGHT_LEVELS.get(levels, i) & SIGN_BITS) >>> 7;
      packed[start + i / Byte.SIZE] = (byte) (signs * GATHER >>> 56);
    }
    int rest = 0;
    for (int bit = 0; i + bit < to; bit++) {
      rest |= (levels[i + bit] > 0 ? 1 : 0) << bit;
    }
    if (i < to) {
      packed[start + i / Byte.SIZE] = (byte) rest;
    }
  }

  private static void unpackSigns(ByteBuffer in, byte[] levels) {
    int i = 0;
    for (; i <= levels.length - Byte.SIZE; i += Byte.SIZE) {
      EIGHT_LEVELS.set(levels, i, signs(in.get()));
    }
    if (i < levels.length) {
      long rest = signs(in.get());
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

  private static void packFields(byte[] levels, int bits, byte[] packed, int start) {
    int mask = (1 << bits) - 1;
    int pending = 0;
    int filled = 0;
    int end = start;
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

  private static void unpackFields(ByteBuffer in, int bits, byte[] levels) {
    int unused = Integer.SIZE - bits;
    int pending = 0;
    int filled = 0;
    for (int i = 0; i < levels.length; i++) {
      if (filled < bits) {
        pending |= (in.get() & 0xFF) << filled;
        filled += Byte.SIZE;
      }
      // The shift down is arithmetic: it restores the sign of a two's complement field.
      levels[i] = (byte) (pending << unused >> unused);
      pending >>>= bits;
      filled -= bits;
    }
  }
}
