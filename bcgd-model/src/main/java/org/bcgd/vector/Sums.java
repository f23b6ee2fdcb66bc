// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Sums in double precision, in the same order whatever the width of the vectors. */
public final class Sums {

  /** Running sums; value i goes into sum i mod {@value}. */
  private static final int SUMS = 64;

  /** Values that fit the first-level cache. */
  private static final int BLOCK = 1024;

  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, Lanes.FLOATS.vectorShape());
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Lanes.FLOATS.vectorBitSize() / 2));

  private Sums() {}

  /** Σ |values[i]| for i = from..to−1. */
  public static double magnitudes(float[] values, int from, int to) {
    double[] sums = new double[SUMS];
    int i = from;
    for (; i <= to - BLOCK; i += BLOCK) {
      for (int s = 0; s < SUMS; s += 2 * DOUBLES.length()) {
        addMagnitudes(values, i + s, sums, s);
      }
    }
    for (int s = 0; i < to; i++, s++) {
      sums[s % SUMS] += Math.abs(values[i]);
    }
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  /** Two vectors of sums stay in registers over a block. */
  private static void addMagnitudes(float[] values, int first, double[] sums, int s) {
    int next = DOUBLES.length();
    DoubleVector left = DoubleVector.fromArray(DOUBLES, sums, s);
    DoubleVector right = DoubleVector.fromArray(DOUBLES, sums, s + next);
    for (int i = first; i < first + BLOCK; i += SUMS) {
      left = left.add(magnitudes(values, i));
      right = right.add(magnitudes(values, i + next));
    }
    left.intoArray(sums, s);
    right.intoArray(sums, s + next);
  }

  private static DoubleVector magnitudes(float[] values, int i) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, values, i).abs().convertShape(VectorOperators.F2D, DOUBLES, 0);
  }
}
