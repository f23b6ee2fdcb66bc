// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.randomness.GaussianSequence;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.Alignment;
import org.bcgd.theory.ExpectedCoarseGradient;
import org.bcgd.theory.Landscape;
import org.bcgd.theory.PopulationLoss;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;

/** What holds of the true and the coarse gradient at every point, tried at many. */
final class GradientStatements {

  private static final int POINTS = 20_000;
  private static final double DIFFERENCE = 1e-5; // h of a central difference
  private static final double NEAR = 1e-6; // distance of two neighbours

  private final Teacher teacher;
  private final PopulationLoss loss;
  private final RandomKey key;

  GradientStatements(Teacher teacher, RandomKey key) {
    this.teacher = teacher;
    this.loss = new PopulationLoss(teacher);
    this.key = key;
  }

  List<Finding> findings() {
    return List.of(
        Finding.exact(
            "Lemma 2",
            "∂f/∂w against differences of f, largest error",
            0,
            largest(this::difference),
            1e-7),
        Finding.exact(
            "Lemma 3 fails",
            "‖∂f/∂w‖ turns about across the ray of w*: jump / (|a|/π)",
            1,
            jump(),
            1e-5),
        Finding.atMost(
            "Lemma 3 mended",
            "Lipschitz ratio of ∇f away from the rays, over its bound",
            1,
            largest(this::lipschitz)),
        Finding.atMost(
            "inequality (12)",
            "‖E g‖² over its bound with A = max(4‖v‖²/π, √(2π)‖w‖)",
            1,
            largest(this::bound)),
        Finding.exact(
            "identity, (16)",
            "the same ratio grows like 1/(π − θ) at a spurious minimum: exponent",
            -1,
            identityExponent(),
            0.01));
  }

  /** Largest difference of ∂f/∂w from a central difference of f, where θ is not near its ends. */
  private double difference(Student student) {
    RealVector gradient = loss.byFilter(student);
    return IntStream.range(0, gradient.getDimension())
        .mapToDouble(j -> Math.abs(difference(student, j) - gradient.getEntry(j)))
        .max()
        .orElseThrow();
  }

  private double difference(Student student, int j) {
    RealVector axis = new ArrayRealVector(teacher.columns());
    axis.setEntry(j, DIFFERENCE);
    double above = loss.at(new Student(student.outputs(), student.filter().add(axis)));
    double below = loss.at(new Student(student.outputs(), student.filter().subtract(axis)));
    return (above - below) / (2 * DIFFERENCE);
  }

  /** ‖∂f/∂w(θ) − ∂f/∂w(−θ)‖ / (|a|/π) for a small θ. */
  private double jump() {
    RealVector v = student(0).outputs();
    Student one = new Student(v, teacher.filterAt(NEAR));
    Student other = new Student(v, teacher.filterAt(-NEAR));
    double a = Math.abs(v.dotProduct(teacher.outputs()));
    return loss.byFilter(one).getDistance(loss.byFilter(other)) / (a / Math.PI);
  }

  private double lipschitz(Student student) {
    double[] move =
        new GaussianSequence(key.with(POINTS)).first(teacher.rows() + teacher.columns());
    RealVector step = new ArrayRealVector(move, false).unitVector().mapMultiply(NEAR);
    Student near =
        new Student(
            student.outputs().add(step.getSubVector(0, teacher.rows())),
            student.filter().add(step.getSubVector(teacher.rows(), teacher.columns())));
    double change =
        Math.hypot(
            loss.byOutputs(near).getDistance(loss.byOutputs(student)),
            loss.byFilter(near).getDistance(loss.byFilter(student)));
    return change / NEAR / loss.lipschitzBound(student);
  }

  /** ‖E g‖² / ((4‖v‖²/π) ‖∂f/∂v‖² + √(2π)‖w‖ ⟨E g, ∂f/∂w⟩) of the ReLU. */
  private double bound(Student student) {
    ExpectedCoarseGradient expected = new ExpectedCoarseGradient(teacher, CoarseDerivative.RELU);
    RealVector v = student.outputs();
    return square(expected.at(student))
        / (4 * v.dotProduct(v) / Math.PI * square(loss.byOutputs(student))
            + Math.sqrt(2 * Math.PI) * student.filter().getNorm() * expected.correlation(student));
  }

  /** The exponent of ‖E g‖² / (‖∂f/∂v‖² + ⟨E g, ∂f/∂w⟩) of the identity in π − θ. */
  private double identityExponent() {
    double far = 1e-3;
    double near = 1e-4;
    return Math.log(identityRatio(far) / identityRatio(near)) / Math.log(far / near);
  }

  private double identityRatio(double distance) {
    ExpectedCoarseGradient expected =
        new ExpectedCoarseGradient(teacher, CoarseDerivative.IDENTITY);
    Student student = new Landscape(teacher).best(Math.PI - distance);
    return square(expected.at(student))
        / (square(loss.byOutputs(student)) + expected.correlation(student));
  }

  private double largest(ToDoubleFunction<Student> measure) {
    return IntStream.range(0, POINTS)
        .mapToObj(this::student)
        .filter(this::isAwayFromTheRays)
        .mapToDouble(measure)
        .max()
        .orElseThrow();
  }

  private boolean isAwayFromTheRays(Student student) {
    Alignment lie = loss.alignment(student);
    return Math.sin(lie.angle()) > 0.1;
  }

  private Student student(int number) {
    Student drawn = teacher.drawStudent(key.with(number));
    double length = Math.pow(2, number % 5 - 2);
    return new Student(drawn.outputs(), drawn.filter().mapMultiply(length));
  }

  private static double square(RealVector vector) {
    return vector.dotProduct(vector);
  }
}
