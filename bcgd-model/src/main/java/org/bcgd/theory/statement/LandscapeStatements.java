// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.randomness.GaussianSequence;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.ExpectedCoarseGradient;
import org.bcgd.theory.Landscape;
import org.bcgd.theory.PopulationLoss;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;

/** The critical points of the expected loss. */
final class LandscapeStatements {

  private static final int NEIGHBOURS = 5_000;
  private static final double RADIUS = 1e-3;
  private static final int ANGLES = 2_000;

  private final Teacher teacher;
  private final Landscape landscape;
  private final PopulationLoss loss;
  private final RandomKey key;

  LandscapeStatements(Teacher teacher, RandomKey key) {
    this.teacher = teacher;
    this.landscape = new Landscape(teacher);
    this.loss = new PopulationLoss(teacher);
    this.key = key;
  }

  List<Finding> findings() {
    Student saddle = landscape.best(landscape.saddleAngle());
    Student spurious = landscape.best(Math.PI);
    return List.of(
        Finding.exact(
            "Proposition 1",
            "saddles lie where min over v of f is largest: θ_s",
            landscape.saddleAngle(),
            highestAngle(),
            1e-6),
        Finding.exact(
            "Proposition 1",
            "∂f/∂v and a = vᵀv* are 0 at a saddle: ‖∂f/∂v‖ + |a|",
            0,
            loss.byOutputs(saddle).getNorm()
                + Math.abs(saddle.outputs().dotProduct(teacher.outputs())),
            1e-12),
        Finding.exact(
            "Proposition 1",
            "f at a spurious minimum is s²/(2(m + 1))",
            landscape.spuriousLoss(),
            loss.at(spurious),
            1e-12),
        Finding.above(
            "Proposition 1",
            "f rises from a spurious minimum on all sides: least rise / distance²",
            0,
            leastRise(spurious)),
        Finding.exact(
            "Lemma 6",
            "along v = v(θ), E g of the ReLU vanishes at 0, θ_s and π: sign changes within",
            1,
            signChanges(),
            0),
        Finding.exact(
            "Lemma 7",
            "‖E g‖ of the identity at a spurious minimum",
            landscape.identityAtSpurious(),
            new ExpectedCoarseGradient(teacher, CoarseDerivative.IDENTITY).at(spurious).getNorm(),
            1e-12));
  }

  private double highestAngle() {
    return new BrentOptimizer(1e-10, 1e-12)
        .optimize(
            new UnivariateObjectiveFunction(angle -> loss.at(landscape.best(angle))),
            GoalType.MAXIMIZE,
            new SearchInterval(0, Math.PI),
            new MaxEval(1000))
        .getPoint();
  }

  private double leastRise(Student centre) {
    double here = loss.at(centre);
    return IntStream.range(0, NEIGHBOURS)
        .mapToObj(number -> neighbour(centre, number))
        .mapToDouble(near -> (loss.at(near) - here) / (RADIUS * RADIUS))
        .min()
        .orElseThrow();
  }

  private Student neighbour(Student centre, int number) {
    int size = teacher.rows() + teacher.columns();
    RealVector move =
        new ArrayRealVector(new GaussianSequence(key.with(number)).first(size), false)
            .unitVector()
            .mapMultiply(RADIUS);
    return new Student(
        centre.outputs().add(move.getSubVector(0, teacher.rows())),
        centre.filter().add(move.getSubVector(teacher.rows(), teacher.columns())));
  }

  /** How often ⟨E g, e⟩, which is 0 only where E g is, changes its sign over 0 &lt; θ &lt; π. */
  private long signChanges() {
    double[] across =
        IntStream.range(1, ANGLES)
            .mapToObj(k -> landscape.best(Math.PI * k / ANGLES))
            .mapToDouble(this::across)
            .toArray();
    return IntStream.range(1, across.length).filter(k -> across[k - 1] * across[k] <= 0).count();
  }

  private double across(Student student) {
    return new ExpectedCoarseGradient(teacher, CoarseDerivative.RELU)
        .at(student)
        .dotProduct(loss.alignment(student).towards());
  }
}
