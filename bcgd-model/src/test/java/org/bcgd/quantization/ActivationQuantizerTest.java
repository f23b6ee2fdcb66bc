// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every expected value is read off the definition of σ with α = 0.5 and L = 3. */
class ActivationQuantizerTest {

  private static final float ALPHA = 0.5f;
  private static final ActivationQuantizer UP = new ActivationQuantizer(2, Rounding.UP);
  private static final ActivationQuantizer NEAREST = new ActivationQuantizer(2, Rounding.NEAREST);

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0", "-0.1, 0, 0", "0, 0, 0", "0.01, 1, 0", "0.24, 1, 0", "0.26, 1, 1", "0.5, 1, 1",
    "0.51, 2, 1", "0.76, 2, 2", "1.0, 2, 2", "1.01, 3, 2", "1.5, 3, 3", "1.51, 3, 3", "99, 3, 3"
  })
  void codes(float x, int roundedUp, int nearest) {
    assertThat(UP.code(x, ALPHA)).isEqualTo(roundedUp);
    assertThat(NEAREST.code(x, ALPHA)).isEqualTo(nearest);
    assertThat(UP.apply(x, ALPHA)).isEqualTo(roundedUp * ALPHA);
    assertThat(NEAREST.apply(x, ALPHA)).isEqualTo(nearest * ALPHA);
  }

  @Test
  void oneBitIsTheStepFunction() {
    ActivationQuantizer step = new ActivationQuantizer(1, Rounding.UP);
    assertThat(step.apply(-2, 1)).isZero();
    assertThat(step.apply(0, 1)).isZero();
    assertThat(step.apply(Float.MIN_VALUE, 1)).isOne();
    assertThat(step.apply(7, 1)).isOne();
  }

  @Test
  void notANumberIsNotHidden() {
    assertThat(UP.apply(Float.NaN, ALPHA)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 1, 0, 0",
    "0, 1, 0, 0",
    "0.01, 1, 1, 1",
    "1.5, 1, 1, 1",
    "1.51, 1, 1, 0",
  })
  void coarseDerivativesInX(float x, float identity, float relu, float clippedRelu) {
    assertThat(CoarseDerivative.IDENTITY.at(x, ALPHA, 3)).isEqualTo(identity);
    assertThat(CoarseDerivative.RELU.at(x, ALPHA, 3)).isEqualTo(relu);
    assertThat(CoarseDerivative.CLIPPED_RELU.at(x, ALPHA, 3)).isEqualTo(clippedRelu);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 0, 0, 0, 0",
    "0, 0, 0, 0, 0",
    "0.3, 1, 0, 2, 0.4",
    "0.7, 2, 0, 2, 0.6",
    "1.4, 3, 0, 2, 0.2",
    "1.5, 3, 0, 2, 0",
    "1.51, 3, 3, 3, 3"
  })
  void derivativesInAlpha(
      float x, float exact, float twoValued, float threeValued, float learnedStep) {
    assertThat(ResolutionDerivative.EXACT.at(x, ALPHA, UP)).isEqualTo(exact);
    assertThat(ResolutionDerivative.TWO_VALUED.at(x, ALPHA, UP)).isEqualTo(twoValued);
    assertThat(ResolutionDerivative.THREE_VALUED.at(x, ALPHA, UP)).isEqualTo(threeValued);
    assertThat(ResolutionDerivative.LEARNED_STEP.at(x, ALPHA, UP))
        .isCloseTo(learnedStep, within(1e-6f));
  }

  @Test
  void exactDerivativeInAlphaIsTheSlopeBetweenTwoResolutions() {
    float step = 1f / 1024;
    for (float x : new float[] {-0.3f, 0.2f, 0.6f, 0.9f, 1.2f, 2f}) {
      float slope = (UP.apply(x, ALPHA + step) - UP.apply(x, ALPHA - step)) / (2 * step);
      assertThat(ResolutionDerivative.EXACT.at(x, ALPHA, UP)).isCloseTo(slope, within(1e-3f));
    }
  }

  @Test
  void bitsOutsideTheRangeAreRefused() {
    assertThatThrownBy(() -> new ActivationQuantizer(0, Rounding.UP))
        .hasMessageContaining("bits is 0");
    assertThatThrownBy(() -> new ActivationQuantizer(9, Rounding.UP)).hasMessageContaining("1..8");
  }
}
