// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.PopulationLoss;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

  private static final Teacher TEACHER = Teacher.draw(3, RandomKey.of(1));
  private static final Student STUDENT = TEACHER.drawStudent(RandomKey.of(2));

  @ParameterizedTest
  @ValueSource(longs = {2, 63, 64, 65, 1000, 1_048_576, 1_048_577, 16_777_216, 100_000_000_000L})
  void chunksCoverEverySampleOnce(long samples) {
    SampleChunks chunks = new SampleChunks(samples);
    SampleFunction counting = counting(new ArrayList<>());

    assertThat(chunks.count()).isBetween(1, 1024);
    if (samples <= 1000) {
      List<Long> seen = new ArrayList<>();
      IntStream.range(0, chunks.count()).forEach(c -> chunks.moments(counting(seen), c));
      assertThat(seen).hasSize((int) samples).doesNotHaveDuplicates();
      assertThat(seen).allMatch(sample -> sample >= 0 && sample < samples);
    } else if (samples <= 1_048_577) {
      long sum =
          IntStream.range(0, chunks.count())
              .mapToLong(c -> chunks.moments(counting, c).count())
              .sum();
      assertThat(sum).isEqualTo(samples);
    }
  }

  @Test
  void momentsAreThoseOfTheNumbers() {
    SampleFunction squares =
        new SampleFunction() {
          @Override
          public int size() {
            return 2;
          }

          @Override
          public void at(long sample, double[] values) {
            values[0] = sample + 1;
            values[1] = 7;
          }
        };

    SampleMoments moments = Sampler.LOCAL.moments(squares, 9);

    assertThat(moments.count()).isEqualTo(9);
    assertThat(moments.mean(0)).isEqualTo(5);
    assertThat(moments.variance(0)).isCloseTo(7.5, within(1e-12));
    assertThat(moments.standardError(0)).isCloseTo(Math.sqrt(7.5 / 9), within(1e-12));
    assertThat(moments.mean(1)).isEqualTo(7);
    assertThat(moments.variance(1)).isZero();
  }

  @Test
  void theOrderInWhichChunksAreComputedChangesNoBit() {
    SampledPoint point = new SampledPoint(TEACHER, STUDENT, RandomKey.of(3));
    SampleChunks chunks = new SampleChunks(10_000);
    SampleMoments[] parts = new SampleMoments[chunks.count()];
    for (int c = parts.length - 1; c >= 0; c--) {
      parts[c] = chunks.moments(point, c);
    }

    SampleMoments backwards = SampleMoments.sum(List.of(parts));

    SampleMoments local = Sampler.LOCAL.moments(point, 10_000);
    for (int i = 0; i < point.size(); i++) {
      assertThat(local.mean(i)).isEqualTo(backwards.mean(i));
      assertThat(local.variance(i)).isEqualTo(backwards.variance(i));
    }
  }

  /** The gradient in v is one of calculus, sample by sample. */
  @Test
  void aSampleIsTheLossAndItsDerivativeInV() {
    SampledPoint point = new SampledPoint(TEACHER, STUDENT, RandomKey.of(3));
    double[] here = new double[point.size()];
    double[] there = new double[point.size()];
    for (long sample = 0; sample < 20; sample++) {
      point.at(sample, here);
      for (int i = 0; i < TEACHER.rows(); i++) {
        double h = 1e-6;
        Student moved = new Student(STUDENT.outputs().copy(), STUDENT.filter());
        moved.outputs().addToEntry(i, h);
        new SampledPoint(TEACHER, moved, RandomKey.of(3)).at(sample, there);
        assertThat((there[0] - here[0]) / h).isCloseTo(here[point.byOutput(i)], within(1e-5));
      }
    }
  }

  @Test
  void aSetOfManySamplesHasNearlyTheExpectedLossAndDescends() {
    EmpiricalDescent descent = new EmpiricalDescent(TEACHER, STUDENT, 0.1, 20_000, RandomKey.of(4));
    double[] values = new double[descent.size()];

    descent.at(0, values);

    assertThat(values[descent.loss(0)])
        .isCloseTo(new PopulationLoss(TEACHER).at(STUDENT), within(0.1));
    assertThat(values[descent.loss(EmpiricalDescent.LENGTHS)]).isLessThan(values[descent.loss(0)]);
    assertThat(values[EmpiricalDescent.RISES]).isLessThan(0.1);
  }

  @Test
  void oneSampleHasNoStandardError() {
    assertThatThrownBy(() -> new SampleChunks(1)).hasMessageContaining("1 samples");
  }

  private static SampleFunction counting(List<Long> seen) {
    return new SampleFunction() {
      @Override
      public int size() {
        return 1;
      }

      @Override
      public void at(long sample, double[] values) {
        values[0] = 1;
        if (seen.size() < 10_000) {
          seen.add(sample);
        }
      }
    };
  }
}
