// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory;

import org.apache.commons.math3.linear.RealVector;

/**
 * The expected loss and its gradient, with J = 11ᵀ, c = 1 − 2θ/π, a = vᵀv* and e the unit vector
 * across w towards w*.
 *
 * <pre>
 *   f     = ⅛ [ vᵀ(I + J)v − 2 vᵀ(cI + J)v* + v*ᵀ(I + J)v* ]
 *   ∂f/∂v = ¼ (I + J)v − ¼ (cI + J)v*
 *   ∂f/∂w = −a e / (2π‖w‖)        0 < θ < π
 * </pre>
 *
 * <p>f has a kink where θ is 0 or π: there ‖∂f/∂w‖ tends to |a|/(2π‖w‖), which is not 0, while its
 * direction turns about. Lemma 3 as stated, a Lipschitz gradient for bounded v and ‖w‖ bounded from
 * below, therefore cannot hold; it does for δ ≤ θ ≤ π − δ with a constant that depends on δ too
 * ({@link #lipschitzBound}).
 *
 * @see <a href="https://arxiv.org/abs/1903.05662">Yin et al. 2019</a>, Lemmas 1 to 3
 */
public record PopulationLoss(Teacher teacher) {

  /** f(v, w). */
  public double at(Student student) {
    RealVector v = student.outputs();
    double s = teacher.sum();
    double ones = Teacher.sum(v);
    Alignment lie = alignment(student);
    return (v.dotProduct(v)
            + ones * ones
            - 2 * (lie.closeness() * lie.agreement() + ones * s)
            + teacher.squaredNorm()
            + s * s)
        / 8;
  }

  /** ∂f/∂v, [m]. */
  public RealVector byOutputs(Student student) {
    RealVector v = student.outputs();
    return v.combine(0.25, -0.25 * alignment(student).closeness(), teacher.outputs())
        .mapAdd((Teacher.sum(v) - teacher.sum()) / 4);
  }

  /** ∂f/∂w, [n]; zero where θ is 0 or π, where f has no gradient. */
  public RealVector byFilter(Student student) {
    Alignment lie = alignment(student);
    return lie.towards().mapMultiply(-lie.agreement() / (2 * Math.PI * lie.length()));
  }

  /**
   * A bound of the gradient's Lipschitz constant near a student, from the norms of the Hessian's
   * blocks.
   *
   * <pre>
   *   L = max((m + 1)/4, |a| max(1, |cot θ|) / (2π‖w‖²)) + ‖v*‖ / (2π‖w‖)
   * </pre>
   */
  public double lipschitzBound(Student student) {
    Alignment lie = alignment(student);
    double turning =
        Math.abs(lie.agreement())
            * Math.max(1, Math.abs(1 / Math.tan(lie.angle())))
            / (2 * Math.PI * lie.length() * lie.length());
    return Math.max((teacher.rows() + 1) / 4.0, turning)
        + teacher.outputs().getNorm() / (2 * Math.PI * lie.length());
  }

  /** How the student lies to the teacher. */
  public Alignment alignment(Student student) {
    return Alignment.of(teacher, student);
  }
}
