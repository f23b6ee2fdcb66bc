// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightQuantizerTest {

  /** Worked out by hand from the definitions. */
  private static final float[] WEIGHTS = {0.31f, -0.02f, 0.9f, -0.47f, 0.08f, -1.2f, 0.6f, -0.15f};

  @Test
  void binaryScaleIsTheMeanMagnitude() {
    QuantizedTensor projected = project(new BinaryQuantizer(), WEIGHTS);
    assertThat(projected.scales()[0]).isCloseTo(0.46625f, within(1e-6f));
    assertThat(projected.levels()).containsExactly(1, -1, 1, -1, 1, -1, 1, -1);
  }

  @Test
  void zeroGoesUp() {
    assertThat(project(new BinaryQuantizer(), 0f, -0f, -1f).levels()).containsExactly(1, 1, -1);
  }

  @Test
  void thresholdTernaryKeepsWhatExceedsSevenTenthsOfTheMean() {
    QuantizedTensor projected = project(new ThresholdTernaryQuantizer(), WEIGHTS);
    assertThat(projected.levels()).containsExactly(0, 0, 1, -1, 0, -1, 1, 0);
    assertThat(projected.scales()[0]).isCloseTo(0.7925f, within(1e-6f));
  }

  @Test
  void exactTernaryKeepsTheBestNumberOfLargest() {
    QuantizedTensor projected = project(new TernaryQuantizer(), WEIGHTS);
    assertThat(projected.levels()).containsExactly(0, 0, 1, -1, 0, -1, 1, 0);
    assertThat(projected.scales()[0]).isCloseTo(0.7925f, within(1e-6f));
  }

  @Test
  void oneLloydStepFromTheLargestWeight() {
    assertThat(project(new UniformQuantizer(2, 1), WEIGHTS).scales()[0])
        .isCloseTo(0.7925f, within(1e-6f));
    QuantizedTensor threeBits = project(new UniformQuantizer(3, 1), WEIGHTS);
    assertThat(threeBits.levels()).containsExactly(1, 0, 3, -1, 0, -3, 2, 0);
    assertThat(threeBits.scales()[0]).isCloseTo(0.345f, within(1e-6f));
    QuantizedTensor fourBits = project(new UniformQuantizer(4, 1), WEIGHTS);
    assertThat(fourBits.levels()).containsExactly(2, 0, 6, -3, 0, -7, 4, -1);
    assertThat(fourBits.scales()[0]).isCloseTo(0.1598260870f, within(1e-6f));
  }

  @Test
  void noSignVectorIsNearerThanTheBinaryProjection() {
    byte[] levels = {-1, 1};
    for (int trial = 0; trial < 20; trial++) {
      float[] weights = gaussian(8, trial);
      assertThat(error(weights, project(new BinaryQuantizer(), weights)))
          .isCloseTo(bruteForceError(weights, levels), within(1e-6));
    }
  }

  @Test
  void noTernaryVectorIsNearerThanTheExactProjection() {
    byte[] levels = {-1, 0, 1};
    for (int trial = 0; trial < 20; trial++) {
      float[] weights = gaussian(8, trial);
      assertThat(error(weights, project(new TernaryQuantizer(), weights)))
          .isCloseTo(bruteForceError(weights, levels), within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6, 8})
  void moreLloydStepsAreNeverFarther(int bits) {
    float[] weights = gaussian(5000, 7);
    double previous = Double.MAX_VALUE;
    for (int iterations = 1; iterations <= 20; iterations++) {
      double error = error(weights, project(new UniformQuantizer(bits, iterations), weights));
      assertThat(error).isLessThanOrEqualTo(previous + 1e-4);
      previous = error;
    }
  }

  /** The relative errors of a standard normal sample, from quadrature over its density. */
  @Test
  void relativeErrorsOnGaussianWeights() {
    float[] weights = gaussian(200_000, 3);
    assertThat(relativeError(weights, new BinaryQuantizer())).isCloseTo(0.363, within(0.01));
    assertThat(relativeError(weights, new TernaryQuantizer())).isCloseTo(0.190, within(0.005));
    assertThat(relativeError(weights, new ThresholdTernaryQuantizer()))
        .isCloseTo(0.190, within(0.005));
  }

  @Test
  void projectingTwiceChangesNothing() {
    for (WeightQuantizer quantizer :
        new WeightQuantizer[] {
          new BinaryQuantizer(), new TernaryQuantizer(), new ThresholdTernaryQuantizer()
        }) {
      float[] once = values(project(quantizer, WEIGHTS));
      assertThat(values(project(quantizer, once))).containsExactly(once, within(1e-6f));
    }
  }

  @Test
  void weightsOfZeroHaveScaleZero() {
    float[] zeros = new float[5];
    for (WeightQuantizer quantizer :
        new WeightQuantizer[] {
          new BinaryQuantizer(),
          new TernaryQuantizer(),
          new ThresholdTernaryQuantizer(),
          new UniformQuantizer(4, 5)
        }) {
      assertThat(values(project(quantizer, zeros))).containsOnly(0f);
    }
  }

  @Test
  void eachOutputChannelHasAScaleOfItsOwn() {
    float[] weights = {1, -3, 10, -30};
    QuantizedTensor projected = QuantizedTensor.project(new BinaryQuantizer(), weights, 0, 4, 2);
    assertThat(projected.scales()).containsExactly(2f, 20f);
    assertThat(values(projected)).containsExactly(2f, -2f, 20f, -20f);
    assertThat(projected.value(3)).isEqualTo(-20f);
  }

  @Test
  void bitsOutsideTheRangeAreRefused() {
    assertThatThrownBy(() -> new UniformQuantizer(9, 1)).hasMessageContaining("bits is 9");
    assertThatThrownBy(() -> new UniformQuantizer(1, 1)).hasMessageContaining("2..8");
    assertThatThrownBy(() -> new UniformQuantizer(4, 0)).hasMessageContaining("iterations is 0");
    assertThatThrownBy(() -> new BinaryQuantizer().project(new float[1], 1, 1, new byte[1], 0))
        .hasMessageContaining("empty");
  }

  private static double bruteForceError(float[] weights, byte[] alphabet) {
    int n = weights.length;
    double best = Double.MAX_VALUE;
    for (int code = 0; code < Math.pow(alphabet.length, n); code++) {
      double product = 0;
      double square = 0;
      double norm = 0;
      int digits = code;
      for (int i = 0; i < n; i++) {
        byte q = alphabet[digits % alphabet.length];
        digits /= alphabet.length;
        product += q * weights[i];
        square += q * q;
        norm += weights[i] * weights[i];
      }
      double gain = square == 0 || product < 0 ? 0 : product * product / square;
      best = Math.min(best, norm - gain);
    }
    return best;
  }

  /** The packed projection against the one that writes a byte for each level. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50})
  void packedSignsAreThoseOfTheProjection(int groups) {
    int groupLength = 1000;
    float[] weights = new float[5 + groups * groupLength];
    RandomGenerator random = RandomKey.of(groups).generator();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextInt(9) == 0 ? -0f : (float) random.nextGaussian();
    }
    byte[] levels = new byte[groups * groupLength];

    QuantizedTensor projected =
        QuantizedTensor.project(new BinaryQuantizer(), weights, 5, levels.length, groups);

    for (int g = 0; g < groups; g++) {
      int from = 5 + g * groupLength;
      assertThat(projected.scales()[g])
          .isEqualTo(
              new BinaryQuantizer()
                  .project(weights, from, from + groupLength, levels, g * groupLength));
    }
    assertThat(projected.levels()).containsExactly(levels);
    assertThat(new QuantizedTensor(1, projected.scales(), levels).packed())
        .containsExactly(projected.packed());
  }

  private static QuantizedTensor project(WeightQuantizer quantizer, float... weights) {
    return QuantizedTensor.project(quantizer, weights, 0, weights.length, 1);
  }

  private static float[] values(QuantizedTensor tensor) {
    float[] values = new float[tensor.length()];
    tensor.writeTo(values, 0);
    return values;
  }

  private static double error(float[] weights, QuantizedTensor projected) {
    double error = 0;
    for (int i = 0; i < weights.length; i++) {
      error += Math.pow((double) weights[i] - projected.value(i), 2);
    }
    return error;
  }

  private static double relativeError(float[] weights, WeightQuantizer quantizer) {
    double norm = 0;
    for (float weight : weights) {
      norm += weight * weight;
    }
    return error(weights, project(quantizer, weights)) / norm;
  }

  private static float[] gaussian(int n, long seed) {
    RandomGenerator random = RandomKey.of(seed).generator();
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
