// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Between float32 and whole numbers of fewer bits. Lengths are multiples of 16. */
public final class WholeNumbers {

  private static final int BYTE = 0xFF;
  private static final float ONES = 1 << 23; // from here on float32 steps by 1
  private static final float SIGNED_ONES = 3 << 22; // so it does on both sides of this
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Lanes.FLOATS.vectorBitSize() / 4));

  private WholeNumbers() {}

  /** {@code strip[i] = source[offset + i]} of int32, exact below 2²⁴. */
  public static void loadSums(ByteBuffer source, int offset, float[] strip, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      IntVector sums =
          IntVector.fromByteBuffer(
              Lanes.INTS, source, (offset + i) * Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
      floats(sums).intoArray(strip, i);
    }
  }

  /** {@code strip[i] = source[offset + i]} of int16. */
  public static void loadNarrowSums(ByteBuffer source, int offset, float[] strip, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      IntVector sums =
          (IntVector)
              ShortVector.fromByteBuffer(
                      Lanes.SHORTS, source, (offset + i) * Short.BYTES, ByteOrder.LITTLE_ENDIAN)
                  .convertShape(VectorOperators.S2I, Lanes.INTS, 0);
      floats(sums).intoArray(strip, i);
    }
  }

  /** {@code target[offset + i] = strip[i]}, whole numbers −32768..32767. */
  public static void storeNarrowSums(float[] strip, ByteBuffer target, int offset, int length) {
    FloatVector ones = Lanes.all(SIGNED_ONES);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      // The last 16 bits of a float32 of that size are those of the whole number.
      IntVector sums = FloatVector.fromArray(Lanes.FLOATS, strip, i).add(ones).reinterpretAsInts();
      ((ShortVector) sums.convertShape(VectorOperators.I2S, Lanes.SHORTS, 0))
          .intoByteBuffer(target, (offset + i) * Short.BYTES, ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** {@code strip[i] = source[offset + i]} of unsigned bytes. */
  public static void loadCodes(ByteBuffer source, int offset, float[] strip, int length) {
    IntVector lowest = IntVector.broadcast(Lanes.INTS, BYTE);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      IntVector codes =
          (IntVector)
              ByteVector.fromByteBuffer(BYTES, source, offset + i, ByteOrder.LITTLE_ENDIAN)
                  .convertShape(VectorOperators.B2I, Lanes.INTS, 0);
      floats(codes.and(lowest)).intoArray(strip, i);
    }
  }

  /** {@code target[offset + i] = strip[i]}, whole numbers 0..255. */
  public static void storeCodes(float[] strip, ByteBuffer target, int offset, int length) {
    FloatVector ones = Lanes.all(ONES);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      // The last bits of a float32 of that size are the whole number.
      IntVector codes = FloatVector.fromArray(Lanes.FLOATS, strip, i).add(ones).reinterpretAsInts();
      ((ByteVector) codes.convertShape(VectorOperators.I2B, BYTES, 0))
          .intoByteBuffer(target, offset + i, ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** From unsigned bytes to bfloat16, which holds them exactly. */
  public static void widenCodes(ByteBuffer source, ByteBuffer target, int offset, int length) {
    IntVector lowest = IntVector.broadcast(Lanes.INTS, BYTE);
    for (int i = offset; i < offset + length; i += Lanes.COUNT) {
      IntVector codes =
          (IntVector)
              ByteVector.fromByteBuffer(BYTES, source, i, ByteOrder.LITTLE_ENDIAN)
                  .convertShape(VectorOperators.B2I, Lanes.INTS, 0);
      IntVector upper =
          floats(codes.and(lowest)).reinterpretAsInts().lanewise(VectorOperators.LSHR, Short.SIZE);
      ((ShortVector) upper.convertShape(VectorOperators.I2S, Lanes.SHORTS, 0))
          .intoByteBuffer(target, i * Short.BYTES, ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static FloatVector floats(IntVector values) {
    return (FloatVector) values.convertShape(VectorOperators.I2F, Lanes.FLOATS, 0);
  }
}
