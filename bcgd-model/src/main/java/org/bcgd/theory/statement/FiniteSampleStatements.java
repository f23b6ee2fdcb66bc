// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.ExpectedCoarseGradient;
import org.bcgd.theory.PopulationLoss;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;
import org.bcgd.theory.sampling.EmpiricalDescent;
import org.bcgd.theory.sampling.SampleMoments;
import org.bcgd.theory.sampling.SampledPoint;
import org.bcgd.theory.sampling.Sampler;

/** How the loss over N samples approaches the expected one. */
final class FiniteSampleStatements {

  static final int[] SIZES = {10, 100, 1_000, 10_000}; // N
  private static final int MOST_SETS = 256;
  private static final int FEWEST_SETS = 64;
  private static final int SAMPLES = 256_000; // of all sets of a size, if that leaves enough sets
  private static final String SOURCE = "finite samples";

  private final Teacher teacher;
  private final Sampler sampler;
  private final RandomKey key;
  private final Student start;

  FiniteSampleStatements(Teacher teacher, Sampler sampler, RandomKey key) {
    this.teacher = teacher;
    this.sampler = sampler;
    this.key = key;
    this.start = teacher.drawStudent(key.with(0));
  }

  List<Finding> findings(long samples) {
    SampledPoint point = new SampledPoint(teacher, start, key.with(1));
    double variance = sampler.moments(point, samples).variance(SampledPoint.LOSS);
    List<Finding> findings = new ArrayList<>();
    List<Double> rises = new ArrayList<>();
    for (int size : SIZES) {
      int sets = Math.max(FEWEST_SETS, Math.min(MOST_SETS, SAMPLES / size));
      SampleMoments moments = sampler.moments(descent(size), sets);
      rises.add(moments.mean(EmpiricalDescent.RISES));
      // Few squares have a doubtful spread: at least that of the squares of normal numbers.
      double normal = variance * Math.sqrt(2.0 / sets);
      findings.add(
          Finding.sampled(
              SOURCE,
              "N E(f_N − f)² = Var ℓ, N = %,d".formatted(size),
              variance,
              size * moments.mean(EmpiricalDescent.DEVIATION),
              Math.max(normal, size * moments.standardError(EmpiricalDescent.DEVIATION))));
    }
    findings.add(
        Finding.atMost(
            SOURCE,
            "share of longer steps that raise f_N: N = 10,000, half of N = 10",
            rises.get(0) / 2,
            rises.get(SIZES.length - 1)));
    return findings;
  }

  /** f_N after a step, of N samples. */
  EmpiricalDescent descent(int size) {
    return new EmpiricalDescent(teacher, start, bestLength() / 2, size, key.with(2).with(size));
  }

  /** f after a step of each length of {@link #descent}. */
  double[] expectedLosses() {
    EmpiricalDescent lengths = descent(1);
    double[] losses = new double[EmpiricalDescent.LENGTHS + 1];
    for (int k = 0; k < losses.length; k++) {
      losses[k] = lossAfter(lengths.length(k));
    }
    return losses;
  }

  /** The length of the step along the expected coarse gradient after which f is least. */
  private double bestLength() {
    return new BrentOptimizer(1e-8, 1e-10)
        .optimize(
            new UnivariateObjectiveFunction(this::lossAfter),
            GoalType.MINIMIZE,
            new SearchInterval(0, 8.0 / (teacher.rows() + 1)),
            new MaxEval(1000))
        .getPoint();
  }

  private double lossAfter(double rate) {
    PopulationLoss loss = new PopulationLoss(teacher);
    return loss.at(
        start.step(
            rate,
            loss.byOutputs(start),
            new ExpectedCoarseGradient(teacher, CoarseDerivative.RELU).at(start)));
  }
}
