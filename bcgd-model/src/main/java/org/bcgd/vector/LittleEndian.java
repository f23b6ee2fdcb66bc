// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** Floats that lie in bytes, little-endian. */
public final class LittleEndian {

  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  /** {@code sums[i] += float i of bytes} for i = from..to−1. */
  public static void add(byte[] bytes, float[] sums, int from, int to) {
    int i = from;
    for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.FLOATS, sums, i)
          .add(
              FloatVector.fromByteArray(
                  Lanes.FLOATS, bytes, i * Float.BYTES, ByteOrder.LITTLE_ENDIAN))
          .intoArray(sums, i);
    }
    for (; i < to; i++) {
      sums[i] += (float) FLOATS.get(bytes, i * Float.BYTES);
    }
  }
}
