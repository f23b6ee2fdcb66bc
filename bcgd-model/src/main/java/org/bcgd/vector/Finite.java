// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Whether values are finite numbers, found without a branch for each. */
public final class Finite {

  /** The exponent of infinities and of what is not a number. */
  private static final int EXPONENT = 0x7F800000;

  private Finite() {}

  /** Whether {@code values[from, to)} holds no infinity and nothing that is not a number. */
  public static boolean all(float[] values, int from, int to) {
    IntVector largest = IntVector.zero(Lanes.INTS);
    int i = from;
    for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
      IntVector bits = FloatVector.fromArray(Lanes.FLOATS, values, i).reinterpretAsInts();
      largest = largest.max(bits.and(Integer.MAX_VALUE));
    }
    boolean finite = largest.reduceLanes(VectorOperators.MAX) < EXPONENT;
    for (; i < to; i++) {
      finite &= Float.isFinite(values[i]);
    }
    return finite;
  }
}
