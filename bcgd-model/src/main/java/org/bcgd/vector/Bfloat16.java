// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** Between float32 and bfloat16, its upper half. */
public final class Bfloat16 {

  private static final int HALF = 16;
  private static final int BELOW_TIE = 0x7FFF;

  private Bfloat16() {}

  /** {@code strip[i] = source[offset + i]}, exact. */
  public static void load(ByteBuffer source, int offset, float[] strip, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      IntVector bits =
          (IntVector)
              ShortVector.fromByteBuffer(
                      Lanes.SHORTS, source, (offset + i) * Short.BYTES, ByteOrder.LITTLE_ENDIAN)
                  .convertShape(VectorOperators.S2I, Lanes.INTS, 0);
      bits.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats().intoArray(strip, i);
    }
  }

  /** {@code target[offset + i] = strip[i]}, rounded to nearest, ties to even. */
  public static void store(float[] strip, ByteBuffer target, int offset, int length) {
    IntVector one = IntVector.broadcast(Lanes.INTS, 1);
    IntVector belowTie = IntVector.broadcast(Lanes.INTS, BELOW_TIE);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      IntVector bits = FloatVector.fromArray(Lanes.FLOATS, strip, i).reinterpretAsInts();
      IntVector odd = bits.lanewise(VectorOperators.LSHR, HALF).and(one);
      IntVector rounded = bits.add(odd).add(belowTie).lanewise(VectorOperators.LSHR, HALF);
      ((ShortVector) rounded.convertShape(VectorOperators.I2S, Lanes.SHORTS, 0))
          .intoByteBuffer(target, (offset + i) * Short.BYTES, ByteOrder.LITTLE_ENDIAN);
    }
  }
}
