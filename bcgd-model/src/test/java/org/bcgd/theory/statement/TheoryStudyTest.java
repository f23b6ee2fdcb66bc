// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.ExpectedCoarseGradient;
import org.bcgd.theory.Landscape;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;
import org.bcgd.theory.sampling.SampleMoments;
import org.bcgd.theory.sampling.SampledPoint;
import org.bcgd.theory.sampling.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TheoryStudyTest {

  @ParameterizedTest
  @CsvSource({"1, 6", "2, 3", "1, 2"})
  void everyStatementStands(long seed, int dimension) {
    List<Finding> findings =
        new TheoryStudy(50_000, seed, dimension)
            .parts(Sampler.LOCAL).stream().flatMap(part -> part.findings().get().stream()).toList();

    assertThat(findings).hasSizeGreaterThan(40).allMatch(Finding::holds);
  }

  @Test
  void aWrongConstantIsRefuted() {
    Teacher teacher = Teacher.draw(3, RandomKey.of(1));
    Student student = new Student(teacher.outputs(), teacher.filterAt(1));
    SampledPoint point = new SampledPoint(teacher, student, RandomKey.of(5));
    SampleMoments moments = Sampler.LOCAL.moments(point, 50_000);
    double ofReLU = new ExpectedCoarseGradient(teacher, CoarseDerivative.RELU).correlation(student);

    Finding right =
        Comparison.of(ofReLU, moments, point.correlation(CoarseDerivative.RELU)).finding("", "");
    Finding wrong =
        Comparison.of(ofReLU, moments, point.correlation(CoarseDerivative.IDENTITY))
            .finding("", "");

    assertThat(right.holds()).isTrue();
    assertThat(wrong.holds()).isFalse();
    assertThat(wrong.error()).isGreaterThan(Finding.STANDARD_ERRORS);
  }

  @Test
  void aNumberThatIsMissingHoldsNothing() {
    assertThat(Finding.exact("", "", 0, Double.NaN, 1).holds()).isFalse();
    assertThat(Finding.atMost("", "", 0, Double.NaN).holds()).isFalse();
    assertThat(Finding.above("", "", Double.NaN, 1).holds()).isFalse();
    assertThat(Finding.sampled("", "", 0, 0.1, Double.NaN).holds()).isFalse();
  }

  @Test
  void relationsAreWhatTheirSignsSay() {
    assertThat(Finding.atMost("", "", 1, 1).holds()).isTrue();
    assertThat(Finding.atMost("", "", 1, 1.01).holds()).isFalse();
    assertThat(Finding.above("", "", 1, 1).holds()).isFalse();
    assertThat(Finding.exact("", "", 1, 1.1, 0.05).holds()).isFalse();
    assertThat(Finding.sampled("", "", 1, 1.6, 0.1).holds()).isFalse();
    assertThat(Finding.sampled("", "", 1, 1.4, 0.1).error()).isBetween(3.99, 4.01);
  }

  @Test
  void figuresShowWhatTheyAreNamedAfter() {
    List<Figure> figures = new TheoryStudy(1000, 1, 4).figures();

    assertThat(figures).extracting(Figure::name).doesNotHaveDuplicates().hasSize(7);
    Teacher teacher = Teacher.draw(4, RandomKey.of(1).with(-1));
    Curve landscape = figures.get(1).curves().get(0);
    double highest = 0;
    for (int i = 0; i < landscape.x().length; i++) {
      highest = landscape.y()[i] > landscape.y()[(int) highest] ? i : highest;
    }
    assertThat(landscape.x()[(int) highest])
        .isBetween(
            Math.toDegrees(new Landscape(teacher).saddleAngle()) - 1,
            Math.toDegrees(new Landscape(teacher).saddleAngle()) + 1);
    for (Curve path : figures.get(2).curves()) {
      assertThat(path.y())
          .isSortedAccordingTo((a, b) -> a > b + 1e-12 ? -1 : a < b - 1e-12 ? 1 : 0);
    }
  }
}
