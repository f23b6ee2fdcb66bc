// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.linear.RealVector;
import org.bcgd.quantization.CoarseDerivative;

/**
 * The expectation of the coarse gradient in w, g_μ = Zᵀ(μ′(Zw) ⊙ v)(vᵀσ(Zw) − v*ᵀσ(Zw*)), for each
 * proxy μ. With h = ‖v‖² + (1ᵀv)² − (1ᵀv)(1ᵀv*) + a and r = 1/‖w‖:
 *
 * <pre>
 *   ReLU          E g = ((h − a) ŵ − a w*) / (2√(2π))
 *   identity      E g = (‖v‖² ŵ − a w*) / √(2π)
 *   clipped ReLU  E g = ½ p₀ h ŵ − a (p ŵ + q e)
 *                 p₀ = φ(0) − φ(r)
 *                 q  = sin θ (Φ(r / sin θ) − ½) / √(2π)
 *                 p  = ½ φ(0) − φ(r) Φ(r cot θ) + cos θ (Φ(r / sin θ) − ½) / √(2π)
 * </pre>
 *
 * <p>φ and Φ are the normal density and distribution. The ReLU's form is that of Lemma 4 without
 * its quotient, so that it holds at θ = π too; p and q are integrals over an angle in the source
 * and are done here by integrating over the component of z along e first.
 *
 * <p>Each correlates with the true gradient:
 *
 * <pre>
 *   ⟨E g, ∂f/∂w⟩ = a² sin θ / (2 √(2π)³ ‖w‖)    ReLU          (Lemma 5)
 *                = a² sin θ / (√(2π)³ ‖w‖)      identity      (Lemma 8)
 *                = a² q / (2π‖w‖)               clipped ReLU
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1903.05662">Yin et al. 2019</a>, Lemmas 4, 5, 7 and 8
 */
public record ExpectedCoarseGradient(Teacher teacher, CoarseDerivative proxy) {

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final double ROOT = Math.sqrt(2 * Math.PI);

  /** E g_μ, [n]. */
  public RealVector at(Student student) {
    Alignment lie = Alignment.of(teacher, student);
    RealVector v = student.outputs();
    double a = lie.agreement();
    double square = v.dotProduct(v);
    double ones = Teacher.sum(v);
    double h = square + ones * ones - ones * teacher.sum() + a;
    return switch (proxy) {
      case IDENTITY -> lie.direction().combine(square / ROOT, -a / ROOT, teacher.filter());
      case RELU -> lie.direction().combine((h - a) / (2 * ROOT), -a / (2 * ROOT), teacher.filter());
      case CLIPPED_RELU -> {
        double reach = 1 / lie.length();
        double full = NORMAL.density(0) - NORMAL.density(reach);
        yield lie.direction()
            .combine(full * h / 2 - a * along(lie, reach), -a * across(lie, reach), lie.towards());
      }
    };
  }

  /** ⟨E g_μ, ∂f/∂w⟩ by its formula; never negative. */
  public double correlation(Student student) {
    Alignment lie = Alignment.of(teacher, student);
    double scale = lie.agreement() * lie.agreement() / lie.length();
    return switch (proxy) {
      case IDENTITY -> scale * Math.sin(lie.angle()) / (ROOT * ROOT * ROOT);
      case RELU -> scale * Math.sin(lie.angle()) / (2 * ROOT * ROOT * ROOT);
      case CLIPPED_RELU -> scale * across(lie, 1 / lie.length()) / (2 * Math.PI);
    };
  }

  /** p(θ, r). */
  private static double along(Alignment lie, double reach) {
    double sine = Math.sin(lie.angle());
    double cosine = Math.cos(lie.angle());
    return NORMAL.density(0) / 2
        - NORMAL.density(reach) * NORMAL.cumulativeProbability(reach * cosine / sine)
        + cosine * halfMass(reach / sine) / ROOT;
  }

  /** q(θ, r). */
  private static double across(Alignment lie, double reach) {
    double sine = Math.sin(lie.angle());
    return sine * halfMass(reach / sine) / ROOT;
  }

  /** Φ(x) − ½. */
  private static double halfMass(double x) {
    return NORMAL.cumulativeProbability(x) - 0.5;
  }
}
