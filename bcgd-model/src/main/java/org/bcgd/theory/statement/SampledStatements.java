// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.ExpectedCoarseGradient;
import org.bcgd.theory.Landscape;
import org.bcgd.theory.PopulationLoss;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;
import org.bcgd.theory.sampling.SampleMoments;
import org.bcgd.theory.sampling.SampledPoint;
import org.bcgd.theory.sampling.Sampler;

/** The closed forms against samples of Z, at random points and at the critical ones. */
final class SampledStatements {

  private static final double[] LENGTHS = {0.5, 1, 2}; // ‖w‖ of the random points

  /** A student with what samples say of it. */
  private record Point(Student student, SampledPoint quantities, SampleMoments moments) {}

  private final Teacher teacher;
  private final List<Point> random = new ArrayList<>();
  private final Point saddle;
  private final Point spurious;
  private final Point global;

  SampledStatements(Teacher teacher, Sampler sampler, long samples, RandomKey key) {
    this.teacher = teacher;
    for (int i = 0; i < LENGTHS.length; i++) {
      Student drawn = teacher.drawStudent(key.with(i).with(0));
      Student scaled = new Student(drawn.outputs(), drawn.filter().mapMultiply(LENGTHS[i]));
      random.add(point(scaled, sampler, samples, key.with(i).with(1)));
    }
    Landscape landscape = new Landscape(teacher);
    saddle = point(landscape.best(landscape.saddleAngle()), sampler, samples, key.with(3));
    spurious = point(landscape.best(Math.PI), sampler, samples, key.with(4));
    global = point(landscape.best(0), sampler, samples, key.with(5));
  }

  List<Finding> findings() {
    PopulationLoss loss = new PopulationLoss(teacher);
    List<Finding> findings = new ArrayList<>();
    findings.add(
        atRandom((p, m) -> Comparison.of(loss.at(p.student), m, SampledPoint.LOSS))
            .finding("Lemma 1", "expected loss f"));
    findings.add(
        atRandom((p, m) -> Comparison.worst(loss.byOutputs(p.student), m, p.quantities.byOutput(0)))
            .finding("Lemma 2", "∂f/∂v = E ∂ℓ/∂v"));
    findings.add(gradient(CoarseDerivative.RELU, "Lemma 4"));
    findings.add(gradient(CoarseDerivative.IDENTITY, "Lemma 7"));
    findings.add(gradient(CoarseDerivative.CLIPPED_RELU, "clipped ReLU"));
    findings.add(correlation(CoarseDerivative.RELU, "Lemma 5"));
    findings.add(correlation(CoarseDerivative.IDENTITY, "Lemma 8"));
    findings.add(correlation(CoarseDerivative.CLIPPED_RELU, "clipped ReLU"));
    findings.add(vanishing(saddle, "at a saddle"));
    findings.add(vanishing(spurious, "at a spurious minimum"));
    findings.add(vanishing(global, "at the global minimum"));
    findings.add(
        gradientAt(spurious, CoarseDerivative.IDENTITY)
            .finding("Lemma 7", "E g of the identity at a spurious minimum, not 0"));
    return findings;
  }

  private Finding gradient(CoarseDerivative proxy, String source) {
    return Comparison.worst(random.stream().map(point -> gradientAt(point, proxy)).toList())
        .finding(source, "E g of the " + name(proxy));
  }

  private Comparison gradientAt(Point point, CoarseDerivative proxy) {
    return Comparison.worst(
        new ExpectedCoarseGradient(teacher, proxy).at(point.student),
        point.moments,
        point.quantities.byFilter(proxy, 0));
  }

  private Finding correlation(CoarseDerivative proxy, String source) {
    ExpectedCoarseGradient expected = new ExpectedCoarseGradient(teacher, proxy);
    return atRandom(
            (p, m) ->
                Comparison.of(expected.correlation(p.student), m, p.quantities.correlation(proxy)))
        .finding(source, "⟨E g, ∂f/∂w⟩ of the " + name(proxy));
  }

  private Finding vanishing(Point point, String where) {
    return Comparison.worst(
            List.of(
                Comparison.worst(
                    point.student.outputs().mapMultiply(0),
                    point.moments,
                    point.quantities.byOutput(0)),
                Comparison.worst(
                    point.student.filter().mapMultiply(0),
                    point.moments,
                    point.quantities.byFilter(CoarseDerivative.RELU, 0))))
        .finding("Lemma 6", "E ∂ℓ/∂v and E g of the ReLU vanish " + where);
  }

  private Comparison atRandom(BiFunction<Point, SampleMoments, Comparison> comparison) {
    return Comparison.worst(
        random.stream().map(point -> comparison.apply(point, point.moments)).toList());
  }

  private Point point(Student student, Sampler sampler, long samples, RandomKey key) {
    SampledPoint quantities = new SampledPoint(teacher, student, key);
    return new Point(student, quantities, sampler.moments(quantities, samples));
  }

  /** What a proxy is called. */
  static String name(CoarseDerivative proxy) {
    return switch (proxy) {
      case IDENTITY -> "identity";
      case RELU -> "ReLU";
      case CLIPPED_RELU -> "clipped ReLU";
    };
  }
}
