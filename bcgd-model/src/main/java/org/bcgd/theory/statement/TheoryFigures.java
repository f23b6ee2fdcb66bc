// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.CoarseDescent;
import org.bcgd.theory.ExpectedCoarseGradient;
import org.bcgd.theory.Landscape;
import org.bcgd.theory.PopulationLoss;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;
import org.bcgd.theory.quadratic.DescentTrial;
import org.bcgd.theory.sampling.EmpiricalDescent;

/** The pictures of the theory. */
final class TheoryFigures {

  private static final int POINTS = 181;
  private static final int STARTS = 8;
  private static final int STEPS = 250;

  private final Teacher teacher;
  private final PopulationLoss loss;
  private final Landscape landscape;

  TheoryFigures(Teacher teacher) {
    this.teacher = teacher;
    this.loss = new PopulationLoss(teacher);
    this.landscape = new Landscape(teacher);
  }

  /** ⟨E g, ∂f/∂w⟩ over θ for v = v* and ‖w‖ = 1. */
  Figure correlation() {
    List<Curve> curves = new ArrayList<>();
    for (CoarseDerivative proxy : CoarseDerivative.values()) {
      ExpectedCoarseGradient gradient = new ExpectedCoarseGradient(teacher, proxy);
      curves.add(
          overAngles(
              SampledStatements.name(proxy),
              angle ->
                  gradient.correlation(new Student(teacher.outputs(), teacher.filterAt(angle)))));
    }
    return new Figure(
        "correlation",
        "Coarse gradients correlate with the true one",
        "angle θ between w and w* (degrees)",
        "⟨E g, ∂f/∂w⟩ at v = v*",
        curves);
  }

  /** The least loss over v, with its saddle and its two minima. */
  Figure landscape() {
    double saddle = Math.toDegrees(landscape.saddleAngle());
    double height = loss.at(landscape.best(landscape.saddleAngle()));
    return new Figure(
        "landscape",
        "The loss with the best v: a saddle between two minima",
        "angle θ between w and w* (degrees)",
        "min over v of f",
        List.of(
            overAngles("min f", angle -> loss.at(landscape.best(angle))),
            new Curve("saddle", new double[] {saddle, saddle}, new double[] {0, height})));
  }

  /** The loss along the normalised iteration from some starts. */
  Figure iterationLoss(RandomKey key) {
    return iteration(
        "iteration-loss", "The normalised iteration descends", "loss f", key, loss::at);
  }

  /** The angle along the same iterations. */
  Figure iterationAngle(RandomKey key) {
    return iteration(
        "iteration-angle",
        "The normalised iteration ends at θ = 0 or 180°",
        "angle θ (degrees)",
        key,
        student -> Math.toDegrees(loss.alignment(student).angle()));
  }

  /** The loss from near a spurious minimum, by the identity and by the ReLU. */
  Figure instability() {
    List<Curve> curves = new ArrayList<>();
    for (CoarseDerivative proxy : List.of(CoarseDerivative.RELU, CoarseDerivative.IDENTITY)) {
      CoarseDescent descent =
          new CoarseDescent(teacher, proxy, IterationStatements.rate(teacher), false);
      curves.add(
          path(SampledStatements.name(proxy), descent, landscape.best(Math.PI - 0.01), loss::at));
    }
    return new Figure(
        "identity-instability",
        "The identity proxy leaves a spurious minimum upwards",
        "step",
        "loss f",
        curves);
  }

  /** The loss of a set of N samples after one step, for growing N. */
  Figure finiteSamples(FiniteSampleStatements statements) {
    List<Curve> curves = new ArrayList<>();
    double[] lengths = new double[EmpiricalDescent.LENGTHS + 1];
    for (int size : FiniteSampleStatements.SIZES) {
      EmpiricalDescent descent = statements.descent(size);
      double[] values = new double[descent.size()];
      descent.at(0, values);
      double[] losses = new double[lengths.length];
      for (int k = 0; k < lengths.length; k++) {
        lengths[k] = descent.length(k);
        losses[k] = values[descent.loss(k)];
      }
      curves.add(new Curve("N = %,d".formatted(size), lengths, losses));
    }
    curves.add(new Curve("expected", lengths, statements.expectedLosses()));
    return new Figure(
        "finite-samples",
        "The loss of N samples after one coarse step",
        "step length η",
        "loss f_N",
        curves);
  }

  /** The objective of a quadratic with binary weights, with and without blending. */
  Figure sufficientDescent(RandomKey key) {
    List<Curve> curves = new ArrayList<>();
    double eta = QuadraticStatements.ETA;
    for (double rho : new double[] {0, 0.2 * eta, 2 * eta}) {
      double[] losses = new DescentTrial(new BinaryQuantizer(), rho, eta).losses(key);
      String name = rho == 0 ? "BinaryConnect (ρ = 0)" : "BCGD, ρ = %.1f ηL".formatted(rho / eta);
      curves.add(new Curve(name, steps(losses.length), losses));
    }
    return new Figure(
        "sufficient-descent",
        "Blending descends on a quadratic with binary weights",
        "step",
        "objective",
        curves);
  }

  private Figure iteration(
      String name, String title, String y, RandomKey key, ToDoubleFunction<Student> measure) {
    CoarseDescent descent =
        new CoarseDescent(teacher, CoarseDerivative.RELU, IterationStatements.rate(teacher), true);
    List<Curve> curves =
        IntStream.range(0, STARTS)
            .mapToObj(
                i -> path("start " + (i + 1), descent, teacher.drawStudent(key.with(i)), measure))
            .toList();
    return new Figure(name, title, "step", y, curves);
  }

  private static Curve path(
      String name, CoarseDescent descent, Student start, ToDoubleFunction<Student> measure) {
    double[] y = new double[STEPS + 1];
    Student here = start;
    for (int step = 0; step <= STEPS; step++) {
      y[step] = measure.applyAsDouble(here);
      here = descent.next(here);
    }
    return new Curve(name, steps(y.length), y);
  }

  private static Curve overAngles(String name, DoubleUnaryOperator measure) {
    double[] degrees = new double[POINTS];
    double[] y = new double[POINTS];
    for (int k = 0; k < POINTS; k++) {
      degrees[k] = 180.0 * k / (POINTS - 1);
      y[k] = measure.applyAsDouble(Math.PI * k / (POINTS - 1));
    }
    return new Curve(name, degrees, y);
  }

  private static double[] steps(int count) {
    return IntStream.range(0, count).mapToDouble(step -> step).toArray();
  }
}
