// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.quadratic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.Blending;
import org.bcgd.descent.Decay;
import org.bcgd.descent.DescentSettings;
import org.bcgd.descent.LearningRate;
import org.bcgd.descent.MasterState;
import org.bcgd.descent.ResolutionRule;
import org.bcgd.descent.WeightDecay;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightPrecision.Granularity;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.WeightQuantizer;
import org.bcgd.randomness.GaussianSequence;
import org.bcgd.randomness.RandomKey;

/**
 * Blended gradient descent on random quadratics, by the update that trains networks, held against
 * the sufficient descent inequality.
 *
 * <pre>
 *   f(w') − f(w) ≤ −½ (ρ/η − L) ‖w' − w‖²      L = 1
 * </pre>
 *
 * <p>It holds for an exact projection and ρ &gt; 0; f then falls in every step if ρ ≥ ηL. Two
 * nearest points prove it: w' is nearest to w_f', and the projection is monotone. Without blending
 * (ρ = 0, BinaryConnect) the first gives nothing, and f may rise.
 *
 * @param quantizer the projection
 * @param rho ρ
 * @param eta η
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, sufficient descent
 */
public record DescentTrial(WeightQuantizer quantizer, double rho, double eta) {

  private static final int DIMENSION = 12;
  private static final int RUNS = 200;
  private static final int STEPS = 60;
  private static final double ROUNDING = 1e-5; // of float32 in f, which is about 10
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(new ParameterSlice("w", ParameterRole.WEIGHT, 0, List.of(DIMENSION))));

  /**
   * How often each thing happened.
   *
   * @param steps taken in all
   * @param ascents steps in which f rose
   * @param violations steps that broke the inequality
   */
  public record Count(long steps, long ascents, long violations) {

    /** Share of steps in which f rose, 0..1. */
    public double ascentShare() {
      return (double) ascents / steps;
    }

    /** Share of steps that broke the inequality, 0..1. */
    public double violationShare() {
      return (double) violations / steps;
    }
  }

  /** Counts over 200 random quadratics in 12 dimensions, 60 steps each. */
  public Count count(RandomKey key) {
    long ascents = 0;
    long violations = 0;
    for (int run = 0; run < RUNS; run++) {
      List<Step> steps = steps(key.with(run));
      ascents += steps.stream().filter(step -> step.rise > ROUNDING).count();
      violations +=
          steps.stream()
              .filter(step -> step.rise > -(rho / eta - 1) / 2 * step.moved + ROUNDING)
              .count();
    }
    return new Count((long) RUNS * STEPS, ascents, violations);
  }

  /** f at the start of one run and after each of its steps. */
  public double[] losses(RandomKey key) {
    List<Step> steps = steps(key);
    double[] losses = new double[steps.size() + 1];
    losses[0] = steps.get(0).before;
    for (int t = 0; t < steps.size(); t++) {
      losses[t + 1] = steps.get(t).before + steps.get(t).rise;
    }
    return losses;
  }

  /**
   * A step from w to w'.
   *
   * @param before f(w)
   * @param rise f(w') − f(w)
   * @param moved ‖w' − w‖²
   */
  private record Step(double before, double rise, double moved) {}

  private List<Step> steps(RandomKey key) {
    Quadratic f = Quadratic.draw(DIMENSION, key);
    BlendedCoarseGradientDescent descent = descent();
    MasterState state = MasterState.start(start(key.with(3)));
    WeightSnapshot w = descent.quantize(state);
    List<Step> steps = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      GradientSum gradient = new GradientSum(f.gradient(w.values()), 0, 0, 1, 1);
      state = descent.step(state, w, gradient, MasterState.blank(DIMENSION));
      WeightSnapshot next = descent.quantize(state);
      double before = f.at(w.values());
      steps.add(
          new Step(before, f.at(next.values()) - before, distance(next.values(), w.values())));
      w = next;
    }
    return steps;
  }

  private BlendedCoarseGradientDescent descent() {
    return new BlendedCoarseGradientDescent(
        LAYOUT,
        new WeightPrecision(Optional.of(quantizer), Granularity.LAYER, new LayerSelection.All()),
        new DescentSettings(
            new LearningRate(eta, new Decay.Constant(), 0),
            0,
            new WeightDecay(0, 0, 0, 0),
            Blending.constant(rho),
            Optional.empty(),
            new ResolutionRule(0, Double.POSITIVE_INFINITY, 1, 1),
            0),
        1);
  }

  private static float[] start(RandomKey key) {
    double[] drawn = new GaussianSequence(key).first(DIMENSION);
    float[] start = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      start[i] = (float) drawn[i];
    }
    return start;
  }

  /** ‖a − b‖². */
  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
