// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory;

import org.apache.commons.math3.linear.RealVector;

/**
 * The critical points of the expected loss, with s = 1ᵀv*, V = ‖v*‖² and the best v for a fixed θ,
 * v(θ) = (I + J)⁻¹(cI + J)v*.
 *
 * <pre>
 *   global minimum    θ = 0, v = v*:    f = 0
 *   if s² &lt; (m + 1)V/2:
 *     saddles         θ_s = (π/2)(m + 1)V / ((m + 1)V − s²), v = v(θ_s)
 *     spurious minima θ = π, v = v(π):  f = s² / (2(m + 1))
 * </pre>
 *
 * <p>Otherwise there are neither saddles nor spurious minima.
 *
 * @see <a href="https://arxiv.org/abs/1903.05662">Yin et al. 2019</a>, Proposition 1
 */
public record Landscape(Teacher teacher) {

  /** Whether there are saddles and spurious minima. */
  public boolean isRough() {
    double s = teacher.sum();
    return s * s < (teacher.rows() + 1) * teacher.squaredNorm() / 2;
  }

  /** θ_s of a rough landscape. */
  public double saddleAngle() {
    double full = (teacher.rows() + 1) * teacher.squaredNorm();
    return Math.PI / 2 * full / (full - teacher.sum() * teacher.sum());
  }

  /** f at the spurious minima. */
  public double spuriousLoss() {
    return teacher.sum() * teacher.sum() / (2 * (teacher.rows() + 1));
  }

  /** ‖E g‖ of the identity proxy at a spurious minimum with ‖w‖ = 1, which it therefore leaves. */
  public double identityAtSpurious() {
    int m = teacher.rows();
    double s = teacher.sum();
    return 2 * (m - 1) * s * s / (Math.sqrt(2 * Math.PI) * (m + 1) * (m + 1));
  }

  /** v(θ), the best outputs for a filter at that angle, [m]. */
  public RealVector bestOutputs(double angle) {
    double c = 1 - 2 * angle / Math.PI;
    // (I + J)⁻¹ = I − J/(m + 1); exactly 0 at θ = 0
    double shift = teacher.sum() * (1 - c) / (teacher.rows() + 1);
    return teacher.outputs().mapMultiply(c).mapAdd(shift);
  }

  /** A student at that angle with the best outputs for it and a filter of length 1. */
  public Student best(double angle) {
    return new Student(bestOutputs(angle), filter(angle));
  }

  // At the ends the filter is exactly ±w*, where cos and sin would leave a rounding error across.
  private RealVector filter(double angle) {
    if (angle == Math.PI) {
      return teacher.filter().mapMultiply(-1);
    }
    return angle == 0 ? teacher.filter() : teacher.filterAt(angle);
  }
}
