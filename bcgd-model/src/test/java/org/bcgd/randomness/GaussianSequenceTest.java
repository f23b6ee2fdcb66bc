// SPDX-License-Identifier: Apache-2.0
package org.bcgd.randomness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class GaussianSequenceTest {

  private static final GaussianSequence SEVEN = new GaussianSequence(RandomKey.of(7));

  /** Computed by a Python program of its own from the definition. */
  @Test
  void itsNumbersAreThoseOfTheDefinition() {
    double[] expected = {
      -0.3656323949458456,
      1.0758811219967948,
      0.2590252149131384,
      -0.23353420918439635,
      -0.5071012789518017,
      0.7501572881443267
    };
    double[] first = SEVEN.first(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(first[i]).isCloseTo(expected[i], within(1e-14));
    }
  }

  @Test
  void anyPartIsReadAsItStandsInTheWhole() {
    double[] whole = SEVEN.first(101);
    double[] part = new double[31];

    SEVEN.fill(70, part);

    assertThat(part).containsExactly(Arrays.copyOfRange(whole, 70, 101));
    assertThatThrownBy(() -> SEVEN.fill(3, part)).hasMessageContaining("read from 3");
  }

  @Test
  void itsMomentsAndNeighboursAreThoseOfIndependentNormalNumbers() {
    int size = 1 << 20;
    double[] numbers = SEVEN.first(size);
    double[] other = new GaussianSequence(RandomKey.of(8)).first(size);

    double error = 1 / Math.sqrt(size);
    assertThat(mean(i -> numbers[i], size)).isCloseTo(0, within(5 * error));
    assertThat(mean(i -> Math.pow(numbers[i], 2), size)).isCloseTo(1, within(5 * error * 1.42));
    assertThat(mean(i -> Math.pow(numbers[i], 4), size)).isCloseTo(3, within(5 * error * 9.8));
    assertThat(mean(i -> numbers[i] > 2 ? 1 : 0, size))
        .isCloseTo(0.02275, within(5 * error * 0.15));
    for (int lag : new int[] {1, 2, 3, 36}) {
      assertThat(mean(i -> numbers[i] * numbers[i + lag], size - lag))
          .isCloseTo(0, within(5 * error));
    }
    assertThat(mean(i -> numbers[i] * other[i], size)).isCloseTo(0, within(5 * error));
  }

  private static double mean(IntToDoubleFunction term, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += term.applyAsDouble(i);
    }
    return sum / size;
  }
}
