// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResolutionStartTest {

  private static final ActivationQuantizer TWO_BITS = new ActivationQuantizer(2, Rounding.UP);
  private static final ResolutionStart OPTIMAL = new ResolutionStart.MeanSquareOptimal();

  private static float[] normal(int size) {
    RandomGenerator random = RandomKey.of(1).generator();
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The quantiles of |N(0, 1)| in the middles of equal parts, by adding up its density. */
  private static float[] halfNormalQuantiles(int size) {
    float[] quantiles = new float[size];
    double step = 1e-6;
    double cumulated = 0;
    double x = 0;
    for (int i = 0; i < size; i++) {
      while (cumulated < (i + 0.5) / size) {
        x += step;
        cumulated += step * Math.sqrt(2 / Math.PI) * Math.exp(-x * x / 2);
      }
      quantiles[i] = (float) x;
    }
    return quantiles;
  }

  // minimised independently by numerical integration over the half-normal density
  @ParameterizedTest
  @CsvSource({
    "UP, 1, 0.7979",
    "UP, 2, 0.4866",
    "UP, 3, 0.2893",
    "UP, 4, 0.1666",
    "UP, 8, 0.0154",
    "NEAREST, 1, 1.2240",
    "NEAREST, 2, 0.6508",
    "NEAREST, 4, 0.1932"
  })
  void halfNormalValuesHaveTheKnownOptima(Rounding rounding, int bits, float optimum) {
    ActivationQuantizer quantizer = new ActivationQuantizer(bits, rounding);
    assertThat(OPTIMAL.resolution(halfNormalQuantiles(100_000), quantizer))
        .isCloseTo(optimum, within(0.004f * optimum));
  }

  @ParameterizedTest
  @EnumSource
  void noResolutionOfAFineSweepHasASmallerError(Rounding rounding) {
    ActivationQuantizer quantizer = new ActivationQuantizer(2, rounding);
    float[] values = normal(300);
    double least = squaredError(values, OPTIMAL.resolution(values, quantizer), quantizer);
    for (float resolution = 0.01f; resolution < 4; resolution *= 1.01f) {
      assertThat(least).isLessThanOrEqualTo(1.0005 * squaredError(values, resolution, quantizer));
    }
  }

  private static double squaredError(float[] values, float resolution, ActivationQuantizer q) {
    double error = 0;
    for (float value : values) {
      if (value > 0) {
        error += Math.pow(value - q.apply(value, resolution), 2);
      }
    }
    return error;
  }

  @Test
  void valuesOnAStaircaseGiveItsStepBack() {
    float[] values = {0.25f, 0.5f, 0.75f, 0.75f, -1, 0};
    assertThat(OPTIMAL.resolution(values, TWO_BITS)).isCloseTo(0.25f, within(1e-6f));
  }

  @Test
  void theScaleOfTheValuesIsTheScaleOfTheResolution() {
    float[] values = normal(10_000);
    float[] larger = values.clone();
    for (int i = 0; i < larger.length; i++) {
      larger[i] *= 1024;
    }
    float resolution = OPTIMAL.resolution(values, TWO_BITS);
    assertThat(OPTIMAL.resolution(larger, TWO_BITS))
        .isCloseTo(1024 * resolution, within(1e-3f * resolution));
  }

  @Test
  void halfMaximumEndsTheStaircaseAtHalfTheLargestValue() {
    ResolutionStart start = new ResolutionStart.HalfMaximum();
    assertThat(start.resolution(new float[] {-12, 3, 6}, TWO_BITS)).isEqualTo(1);
  }

  @Test
  void maximumEndsItAtTheLargestMagnitude() {
    ResolutionStart start = new ResolutionStart.Maximum();
    assertThat(start.resolution(new float[] {-12, 3, 6}, TWO_BITS)).isEqualTo(4);
    assertThat(start.resolution(new float[] {-3, 3, 6}, TWO_BITS)).isEqualTo(2);
  }

  @Test
  void fixedLooksAtNothing() {
    ResolutionStart start = new ResolutionStart.Fixed(0.3f);
    assertThat(start.resolution(new float[] {-1}, TWO_BITS)).isEqualTo(0.3f);
    assertThat(start.needsPositiveValues()).isFalse();
  }

  @Test
  void valuesThatAreNowherePositiveAreRefused() {
    assertThatThrownBy(() -> OPTIMAL.resolution(new float[] {-1, 0}, TWO_BITS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new ResolutionStart.HalfMaximum().resolution(new float[] {-1, 0}, TWO_BITS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFixedResolutionIsPositive() {
    assertThatThrownBy(() -> new ResolutionStart.Fixed(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ResolutionStart.Fixed(Float.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
