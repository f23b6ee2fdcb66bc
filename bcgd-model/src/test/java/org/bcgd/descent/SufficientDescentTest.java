// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightPrecision.Granularity;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;

/**
 * The sufficient descent of blended gradient descent on random convex quadratics with largest
 * curvature L = 1 and an exact projection:
 *
 * <pre>
 *   f(w') − f(w) ≤ −½ (ρ/η − L) ‖w' − w‖²
 * </pre>
 */
class SufficientDescentTest {

  private static final int DIMENSION = 12;
  private static final double ROUNDING = 1e-5;
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(new ParameterSlice("w", ParameterRole.WEIGHT, 0, List.of(DIMENSION))));

  @Test
  void blendingDescendsWithBinaryWeights() {
    assertThat(violations(new BinaryQuantizer(), 0.05, 0.05)).isZero();
    assertThat(violations(new BinaryQuantizer(), 0.01, 0.05)).isZero();
    assertThat(ascents(new BinaryQuantizer(), 0.1, 0.05)).isZero();
  }

  @Test
  void blendingDescendsWithTernaryWeights() {
    assertThat(violations(new TernaryQuantizer(), 0.05, 0.05)).isZero();
    assertThat(violations(new TernaryQuantizer(), 0.01, 0.05)).isZero();
    assertThat(ascents(new TernaryQuantizer(), 0.1, 0.05)).isZero();
  }

  /** Measured elsewhere: about 29 % of the steps. */
  @Test
  void binaryConnectOftenAscends() {
    assertThat(ascents(new BinaryQuantizer(), 0, 0.05)).isGreaterThan(STEPS * RUNS / 10);
  }

  private static final int RUNS = 50;
  private static final int STEPS = 60;

  private static int violations(WeightQuantizer quantizer, double rho, double eta) {
    return count(quantizer, rho, eta, rho / eta - 1);
  }

  private static int ascents(WeightQuantizer quantizer, double rho, double eta) {
    return count(quantizer, rho, eta, 0);
  }

  private static int count(WeightQuantizer quantizer, double rho, double eta, double constant) {
    int count = 0;
    for (int run = 0; run < RUNS; run++) {
      Quadratic f = new Quadratic(run);
      BlendedCoarseGradientDescent descent = descent(quantizer, rho, eta);
      MasterState state = MasterState.start(f.start);
      WeightSnapshot w = descent.quantize(state);
      for (int t = 0; t < STEPS; t++) {
        state =
            descent.step(
                state,
                w,
                new GradientSum(f.gradient(w.values()), 0, 0, 1, 1),
                MasterState.blank(DIMENSION));
        WeightSnapshot next = descent.quantize(state);
        double moved = squaredDistance(next.values(), w.values());
        double bound = -0.5 * constant * moved;
        if (f.at(next.values()) - f.at(w.values()) > bound + ROUNDING) {
          count++;
        }
        w = next;
      }
    }
    return count;
  }

  private static BlendedCoarseGradientDescent descent(
      WeightQuantizer quantizer, double rho, double eta) {
    return new BlendedCoarseGradientDescent(
        LAYOUT,
        new WeightPrecision(Optional.of(quantizer), Granularity.LAYER, new LayerSelection.All()),
        new DescentSettings(
            new LearningRate(eta, new Decay.Constant(), 0),
            0,
            new WeightDecay(0, 0, 0, 0),
            Blending.constant(rho),
            Optional.empty(),
            new ResolutionRule(0.01, Double.POSITIVE_INFINITY, 1e-3, 100),
            0.9),
        1);
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow((double) a[i] - b[i], 2);
    }
    return sum;
  }

  /** f(w) = ½ Σ λᵢ ⟨uᵢ, w − c⟩² with Householder vectors uᵢ, so that L = max λᵢ = 1. */
  private static final class Quadratic {
    private final double[] curvature = new double[DIMENSION];
    private final double[] centre = new double[DIMENSION];
    private final double[] normal = new double[DIMENSION];
    private final float[] start = new float[DIMENSION];

    Quadratic(int run) {
      RandomGenerator random = RandomKey.of(11).with(run).generator();
      double norm = 0;
      for (int i = 0; i < DIMENSION; i++) {
        curvature[i] = i == 0 ? 1 : random.nextDouble();
        centre[i] = random.nextGaussian();
        normal[i] = random.nextGaussian();
        norm += normal[i] * normal[i];
        start[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < DIMENSION; i++) {
        normal[i] /= Math.sqrt(norm);
      }
    }

    double at(float[] w) {
      double[] rotated = reflect(difference(w));
      double sum = 0;
      for (int i = 0; i < DIMENSION; i++) {
        sum += 0.5 * curvature[i] * rotated[i] * rotated[i];
      }
      return sum;
    }

    float[] gradient(float[] w) {
      double[] rotated = reflect(difference(w));
      for (int i = 0; i < DIMENSION; i++) {
        rotated[i] *= curvature[i];
      }
      double[] back = reflect(rotated);
      float[] gradient = new float[DIMENSION];
      for (int i = 0; i < DIMENSION; i++) {
        gradient[i] = (float) back[i];
      }
      return gradient;
    }

    private double[] difference(float[] w) {
      double[] difference = new double[DIMENSION];
      for (int i = 0; i < DIMENSION; i++) {
        difference[i] = w[i] - centre[i];
      }
      return difference;
    }

    private double[] reflect(double[] v) {
      double product = 0;
      for (int i = 0; i < DIMENSION; i++) {
        product += normal[i] * v[i];
      }
      double[] reflected = new double[DIMENSION];
      for (int i = 0; i < DIMENSION; i++) {
        reflected[i] = v[i] - 2 * product * normal[i];
      }
      return reflected;
    }
  }
}
