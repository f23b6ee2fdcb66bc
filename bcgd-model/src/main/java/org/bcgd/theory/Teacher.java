// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory;

import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;
import org.bcgd.randomness.GaussianSequence;
import org.bcgd.randomness.RandomKey;

/**
 * The network that makes the labels.
 *
 * @param outputs v*, [m], not zero
 * @param filter w*, [n], of length 1, since σ(Zw) does not depend on the length of w
 */
public record Teacher(RealVector outputs, RealVector filter) {

  /** Share of the bound (m + 1)‖v*‖²/2, below which there are saddles, that s² of a draw has. */
  private static final double SHARE = 0.4;

  public Teacher {
    if (Math.abs(filter.getNorm() - 1) > 1e-12) {
      throw new IllegalArgumentException("the teacher's filter has length " + filter.getNorm());
    }
  }

  /**
   * A random teacher whose loss has saddles and spurious minima that are not global.
   *
   * <pre>
   *   v* = t·1/√m + u,   u ⟂ 1,   ‖u‖ = 1,   s² = m t² = 0.4 (m + 1)‖v*‖²/2
   * </pre>
   *
   * @param dimension m = n, at least 2
   */
  public static Teacher draw(int dimension, RandomKey key) {
    RealVector ones = new ArrayRealVector(dimension, 1);
    RealVector drawn = gaussian(dimension, key.with(0));
    RealVector across = drawn.subtract(drawn.projection(ones)).unitVector();
    double bound = SHARE * (dimension + 1) / 2;
    double along = Math.sqrt(bound / (dimension - bound));
    return new Teacher(
        across.add(ones.unitVector().mapMultiply(along)),
        gaussian(dimension, key.with(1)).unitVector());
  }

  /** A random student: v of independent N(0, 1), w of a uniform direction and of length 1. */
  public Student drawStudent(RandomKey key) {
    return new Student(
        gaussian(rows(), key.with(0)), gaussian(columns(), key.with(1)).unitVector());
  }

  /** m, the number of rows of Z. */
  public int rows() {
    return outputs.getDimension();
  }

  /** n, the number of columns of Z. */
  public int columns() {
    return filter.getDimension();
  }

  /** s = 1ᵀv*. */
  public double sum() {
    return sum(outputs);
  }

  /** V = ‖v*‖². */
  public double squaredNorm() {
    return outputs.dotProduct(outputs);
  }

  /** A filter of length 1 at the angle θ from w*, in a fixed plane; n is at least 2. */
  public RealVector filterAt(double angle) {
    RealVector axis = new ArrayRealVector(columns());
    axis.setEntry(Math.abs(filter.getEntry(0)) < 0.9 ? 0 : 1, 1);
    RealVector across = axis.subtract(filter.mapMultiply(axis.dotProduct(filter))).unitVector();
    return filter.mapMultiply(Math.cos(angle)).add(across.mapMultiply(Math.sin(angle)));
  }

  static double sum(RealVector vector) {
    double sum = 0;
    for (int i = 0; i < vector.getDimension(); i++) {
      sum += vector.getEntry(i);
    }
    return sum;
  }

  private static RealVector gaussian(int size, RandomKey key) {
    return new ArrayRealVector(new GaussianSequence(key).first(size), false);
  }
}
