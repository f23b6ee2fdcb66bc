// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;
import org.assertj.core.data.Offset;
import org.bcgd.quantization.CoarseDerivative;
import org.junit.jupiter.api.Test;

/** The closed forms at a point whose values another program found. */
class ClosedFormsTest {

  private static final Offset<Double> DIGITS = within(1e-9);
  private static final Teacher TEACHER = new Teacher(vector(1, -0.5, 0.75), vector(0, 0.6, 0.8));
  private static final Student STUDENT = new Student(vector(0.5, 1, -0.75), vector(1, -1, 0.5));
  private static final PopulationLoss LOSS = new PopulationLoss(TEACHER);
  private static final Landscape LANDSCAPE = new Landscape(TEACHER);

  @Test
  void lossAndTrueGradientAreThoseOfLemmasOneAndTwo() {
    Alignment lie = LOSS.alignment(STUDENT);
    assertThat(lie.angle()).isCloseTo(1.7045279162, DIGITS);
    assertThat(lie.closeness()).isCloseTo(-0.0851361740, DIGITS);
    assertThat(lie.agreement()).isEqualTo(-0.5625);
    assertThat(LOSS.at(STUDENT)).isCloseTo(0.4724027255, DIGITS);
    assertClose(LOSS.byOutputs(STUDENT), 0.0212840435, 0.1143579782, -0.2965369674);
    assertThat(LOSS.byFilter(STUDENT).getEntry(0)).isCloseTo(0.00535296, within(1e-8));
    assertThat(LOSS.byFilter(STUDENT).getEntry(1)).isCloseTo(0.03077952, within(1e-8));
    assertThat(LOSS.byFilter(STUDENT).getEntry(2)).isCloseTo(0.05085312, within(1e-8));
  }

  @Test
  void coarseGradientsOfTheThreeProxies() {
    assertClose(gradient(CoarseDerivative.RELU), 0.1911598427, -0.1238383329, 0.1853419344);
    assertClose(gradient(CoarseDerivative.IDENTITY), 0.4820552555, -0.3474122358, 0.4205516539);
    assertClose(gradient(CoarseDerivative.CLIPPED_RELU), 0.0423715822, -0.0087886160, 0.0659630795);
  }

  @Test
  void correlationsAreTheInnerProducts() {
    double[] expected = {0.0132736044, 0.0066368022, 0.0033107324};
    for (CoarseDerivative proxy : CoarseDerivative.values()) {
      double correlation = new ExpectedCoarseGradient(TEACHER, proxy).correlation(STUDENT);
      assertThat(correlation).isCloseTo(expected[proxy.ordinal()], DIGITS);
      assertThat(correlation)
          .isCloseTo(gradient(proxy).dotProduct(LOSS.byFilter(STUDENT)), within(1e-14));
    }
  }

  /** p and q as integrals over an angle, as the source has them. */
  @Test
  void theClippedProxyIsTheIntegralOfItsSource() {
    for (double angle : new double[] {0.01, 0.7, 1.5707, 2.4, 3.1}) {
      for (double length : new double[] {0.3, 1, 4}) {
        Student student =
            new Student(STUDENT.outputs(), TEACHER.filterAt(angle).mapMultiply(length));
        double p = overAngles(angle, phi -> Math.cos(phi) * xi(1 / Math.cos(phi) / length));
        double q = overAngles(angle, phi -> Math.sin(phi) * xi(1 / Math.cos(phi) / length));
        double p0 = (1 - Math.exp(-1 / (2 * length * length))) / Math.sqrt(2 * Math.PI);
        Alignment lie = LOSS.alignment(student);
        RealVector expected =
            lie.direction()
                .combine(p0 * 0.875 / 2 - lie.agreement() * p, -lie.agreement() * q, lie.towards());
        RealVector found =
            new ExpectedCoarseGradient(TEACHER, CoarseDerivative.CLIPPED_RELU).at(student);
        assertThat(found.getDistance(expected)).isLessThan(1e-8);
      }
    }
  }

  @Test
  void theClippedProxyIsFiniteOnBothRays() {
    for (double angle : new double[] {0, Math.PI}) {
      RealVector gradient =
          new ExpectedCoarseGradient(TEACHER, CoarseDerivative.CLIPPED_RELU)
              .at(LANDSCAPE.best(angle));
      assertThat(gradient.isNaN() || gradient.isInfinite()).isFalse();
    }
  }

  @Test
  void saddleAndSpuriousMinimumAreThoseOfTheProposition() {
    assertThat(LANDSCAPE.isRough()).isTrue();
    assertThat(LANDSCAPE.saddleAngle()).isCloseTo(2.0023337792, DIGITS);
    assertClose(
        LANDSCAPE.bestOutputs(LANDSCAPE.saddleAngle()), 0.1236263736, 0.5357142857, 0.1923076923);
    assertThat(LOSS.at(LANDSCAPE.best(LANDSCAPE.saddleAngle()))).isCloseTo(0.2888049451, DIGITS);
    assertClose(LANDSCAPE.bestOutputs(Math.PI), -0.375, 1.125, -0.125);
    assertThat(LANDSCAPE.spuriousLoss()).isEqualTo(0.1953125);
    assertThat(LOSS.at(LANDSCAPE.best(Math.PI))).isCloseTo(0.1953125, DIGITS);
    assertThat(LANDSCAPE.identityAtSpurious()).isCloseTo(0.1558368283, DIGITS);
    assertThat(LANDSCAPE.best(0).outputs().getDistance(TEACHER.outputs())).isLessThan(1e-15);
    assertThat(LOSS.at(LANDSCAPE.best(0))).isZero();
  }

  @Test
  void aTeacherOfOneSignHasASmoothLandscape() {
    Landscape smooth = new Landscape(new Teacher(vector(1, 1, 1), vector(1, 0, 0)));
    assertThat(smooth.isRough()).isFalse();
  }

  @Test
  void aFilterWithoutDirectionIsRefused() {
    assertThatThrownBy(() -> new Student(vector(1, 1), vector(0, 0)))
        .hasMessageContaining("no direction");
    assertThatThrownBy(() -> new Teacher(vector(1, 1), vector(1, 1)))
        .hasMessageContaining("length 1.41");
  }

  private static RealVector gradient(CoarseDerivative proxy) {
    return new ExpectedCoarseGradient(TEACHER, proxy).at(STUDENT);
  }

  /** (1/2π) ∫ over θ − π/2 .. π/2, short of its ends by less than the tolerance. */
  private static double overAngles(double angle, UnivariateFunction integrand) {
    return new IterativeLegendreGaussIntegrator(64, 1e-11, 1e-12)
            .integrate(10_000_000, integrand, angle - Math.PI / 2 + 1e-9, Math.PI / 2 - 1e-9)
        / (2 * Math.PI);
  }

  /** ξ(x) = ∫ r² exp(−r²/2) dr over 0..x, by Simpson's rule. */
  private static double xi(double x) {
    double end = Math.min(x, 12);
    int steps = 400;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double r = end * i / steps;
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * r * r * Math.exp(-r * r / 2);
    }
    return sum * end / steps / 3;
  }

  private static void assertClose(RealVector found, double... expected) {
    assertThat(found.getDistance(vector(expected))).isLessThan(2e-9);
  }

  private static RealVector vector(double... values) {
    return new ArrayRealVector(values);
  }
}
