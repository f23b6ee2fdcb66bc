// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.CoarseDescent;
import org.bcgd.theory.Landscape;
import org.bcgd.theory.PopulationLoss;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;

/** Where the coarse gradient iteration goes from many starts. */
final class IterationStatements {

  private static final int STARTS = 200;
  private static final int STEPS = 20_000;
  private static final double ARRIVED = 1e-4; // radians from an end
  private static final double ROUNDING = 1e-12;

  /**
   * How a path went.
   *
   * @param angle θ at its end
   * @param ascents steps in which f rose
   * @param largestRise of f in a step
   * @param recursionError of θ against its recursion
   */
  private record Path(double angle, int ascents, double largestRise, double recursionError) {}

  private final Teacher teacher;
  private final PopulationLoss loss;
  private final CoarseDescent descent;
  private final RandomKey key;

  IterationStatements(Teacher teacher, RandomKey key) {
    this.teacher = teacher;
    this.loss = new PopulationLoss(teacher);
    this.descent = new CoarseDescent(teacher, CoarseDerivative.RELU, rate(teacher), true);
    this.key = key;
  }

  /** η = ½/(m + 1), a sixteenth of where the step in v alone stops to converge. */
  static double rate(Teacher teacher) {
    return 0.5 / (teacher.rows() + 1);
  }

  List<Finding> findings() {
    List<Path> paths =
        IntStream.range(0, STARTS).parallel().mapToObj(i -> path(descent, start(i))).toList();
    List<Path> basin = basinStarts().parallel().map(start -> path(descent, start)).toList();
    double expectedRise = largestRise(CoarseDerivative.IDENTITY);
    return List.of(
        Finding.atMost(
            "Theorem 1",
            "steps in which f rises, normalised, ReLU, 200 starts",
            0,
            paths.stream().mapToInt(Path::ascents).sum()),
        Finding.exact(
            "Theorem 1",
            "starts that end elsewhere than θ = 0 or π",
            0,
            paths.stream().filter(path -> !isGlobal(path) && !isSpurious(path)).count(),
            0),
        Finding.above(
            "Theorem 1",
            "starts that end in a spurious minimum",
            0,
            paths.stream().filter(IterationStatements::isSpurious).count()),
        Finding.atMost(
            "angle recursion",
            "largest error of θ in a step",
            1e-10,
            paths.stream().mapToDouble(Path::recursionError).max().orElseThrow()),
        Finding.exact(
            "basin",
            "starts with vᵀv* > 0, θ < π/2, (1ᵀv)s ≤ s² that reach θ = 0",
            STARTS,
            basin.stream().filter(IterationStatements::isGlobal).count(),
            0),
        Finding.above(
            "Theorem 1, identity",
            "largest rise of f in a step from near a spurious minimum",
            0.01,
            expectedRise),
        Finding.atMost(
            "Theorem 1, ReLU",
            "largest rise of f in a step from the same start",
            ROUNDING,
            largestRise(CoarseDerivative.RELU)));
  }

  private Stream<Student> basinStarts() {
    return IntStream.iterate(STARTS, i -> i + 1)
        .mapToObj(this::start)
        .filter(isInBasin())
        .limit(STARTS);
  }

  private Predicate<Student> isInBasin() {
    double s = teacher.sum();
    return start -> {
      double ones = start.outputs().dotProduct(teacher.outputs().mapMultiply(0).mapAdd(1));
      return start.outputs().dotProduct(teacher.outputs()) > 0
          && loss.alignment(start).angle() < Math.PI / 2
          && ones * s <= s * s;
    };
  }

  /** Without normalisation, since the identity shrinks w until it turns about. */
  private double largestRise(CoarseDerivative proxy) {
    Student start = new Landscape(teacher).best(Math.PI - 0.01);
    return path(new CoarseDescent(teacher, proxy, rate(teacher), false), start).largestRise();
  }

  private Path path(CoarseDescent iteration, Student start) {
    Student here = start;
    double f = loss.at(here);
    int ascents = 0;
    double largestRise = Double.NEGATIVE_INFINITY;
    double recursionError = 0;
    for (int step = 0; step < STEPS; step++) {
      Student next = iteration.next(here);
      double after = loss.at(next);
      ascents += after > f + ROUNDING ? 1 : 0;
      largestRise = Math.max(largestRise, after - f);
      if (iteration.normalised()) {
        double angle = loss.alignment(next).angle();
        recursionError = Math.max(recursionError, Math.abs(angle - iteration.nextAngle(here)));
        if (isAtRest(next)) {
          return new Path(angle, ascents, largestRise, recursionError);
        }
      }
      here = next;
      f = after;
    }
    return new Path(loss.alignment(here).angle(), ascents, largestRise, recursionError);
  }

  private boolean isAtRest(Student student) {
    double angle = loss.alignment(student).angle();
    return Math.min(angle, Math.PI - angle) < ARRIVED / 10
        && loss.byOutputs(student).getNorm() < ARRIVED;
  }

  private static boolean isGlobal(Path path) {
    return path.angle() < ARRIVED;
  }

  private static boolean isSpurious(Path path) {
    return path.angle() > Math.PI - ARRIVED;
  }

  private Student start(int number) {
    return teacher.drawStudent(key.with(number));
  }
}
