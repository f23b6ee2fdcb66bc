// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory;

import org.bcgd.quantization.CoarseDerivative;

/**
 * The coarse gradient iteration on the expected loss.
 *
 * <pre>
 *   v' = v − η ∂f/∂v      w' = w − η E g_μ      normalised: w' / ‖w'‖
 * </pre>
 *
 * <p>With the ReLU proxy and ‖w‖ = 1 the angle of the normalised iteration follows an exact
 * recursion, with B = 1/(2√(2π)):
 *
 * <pre>
 *   θ' = θ − atan2(ηBa sin θ, 1 − ηB(h − a(1 + cos θ)))      folded into 0..π
 * </pre>
 *
 * <p>The fold is needed where the step is so long that w turns about (h above 1/(ηB) or so). For
 * small η the angle falls where a = vᵀv* is above 0 and rises where it is below.
 *
 * @param rate η
 * @param normalised whether w keeps length 1
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, normalised coarse gradient
 */
public record CoarseDescent(
    Teacher teacher, CoarseDerivative proxy, double rate, boolean normalised) {

  /** The next point. */
  public Student next(Student student) {
    Student moved =
        student.step(
            rate,
            new PopulationLoss(teacher).byOutputs(student),
            new ExpectedCoarseGradient(teacher, proxy).at(student));
    return normalised ? moved.normalised() : moved;
  }

  /** θ' of the normalised iteration by the recursion, for the ReLU proxy and ‖w‖ = 1. */
  public double nextAngle(Student student) {
    Alignment lie = Alignment.of(teacher, student);
    double a = lie.agreement();
    double ones = Teacher.sum(student.outputs());
    double h =
        student.outputs().dotProduct(student.outputs()) + ones * ones - ones * teacher.sum() + a;
    double scale = rate / (2 * Math.sqrt(2 * Math.PI));
    double turned =
        lie.angle()
            - Math.atan2(
                scale * a * Math.sin(lie.angle()),
                1 - scale * (h - a * (1 + Math.cos(lie.angle()))));
    return Math.abs(Math.IEEEremainder(turned, 2 * Math.PI));
  }
}
