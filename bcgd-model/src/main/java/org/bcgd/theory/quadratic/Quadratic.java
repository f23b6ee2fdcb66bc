// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.quadratic;

import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;
import org.bcgd.randomness.GaussianSequence;
import org.bcgd.randomness.RandomKey;

/**
 * A convex quadratic whose largest curvature is L = 1.
 *
 * <pre>
 *   f(w) = ½ (w − c)ᵀ H Λ H (w − c)      H = I − 2uuᵀ,   1 = λ₁ ≥ λᵢ ≥ 0
 * </pre>
 *
 * @param curvature λ, [n]
 * @param centre c, [n]
 * @param normal u, [n], of length 1
 */
record Quadratic(RealVector curvature, RealVector centre, RealVector normal) {

  /** A random one: λ uniform in 0..1 but for the first, c of independent N(0, 1), any u. */
  static Quadratic draw(int dimension, RandomKey key) {
    double[] curvature = key.with(0).generator().doubles(dimension).toArray();
    curvature[0] = 1;
    return new Quadratic(
        new ArrayRealVector(curvature, false),
        gaussian(dimension, key.with(1)),
        gaussian(dimension, key.with(2)).unitVector());
  }

  /** f(w). */
  double at(float[] w) {
    RealVector turned = turn(offset(w));
    return turned.dotProduct(turned.ebeMultiply(curvature)) / 2;
  }

  /** ∇f(w), [n]. */
  float[] gradient(float[] w) {
    RealVector gradient = turn(turn(offset(w)).ebeMultiply(curvature));
    float[] values = new float[w.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) gradient.getEntry(i);
    }
    return values;
  }

  private RealVector offset(float[] w) {
    double[] values = new double[w.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = w[i];
    }
    return new ArrayRealVector(values, false).subtract(centre);
  }

  /** H v. */
  private RealVector turn(RealVector v) {
    return v.combine(1, -2 * normal.dotProduct(v), normal);
  }

  private static RealVector gaussian(int size, RandomKey key) {
    return new ArrayRealVector(new GaussianSequence(key).first(size), false);
  }
}
