// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loops against the scalar definitions, on and next to every edge of a step. */
class StaircasesTest {

  private static final float RESOLUTION = 0.37f;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void codesAreThoseOfTheQuantizer(int bits) {
    float[] x = edges(bits);
    float[] up = new float[x.length];
    float[] nearest = new float[x.length];
    int levels = (1 << bits) - 1;

    Staircases.codesUp(x, up, RESOLUTION, levels, x.length);
    Staircases.codesNearest(x, nearest, RESOLUTION, levels, x.length);

    for (int i = 0; i < x.length; i++) {
      assertThat((int) up[i])
          .as("code of %s, rounded up", x[i])
          .isEqualTo(new ActivationQuantizer(bits, Rounding.UP).code(x[i], RESOLUTION));
      assertThat((int) nearest[i])
          .as("code of %s, rounded to nearest", x[i])
          .isEqualTo(new ActivationQuantizer(bits, Rounding.NEAREST).code(x[i], RESOLUTION));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void derivativesAreThoseOfTheDefinitions(int bits) {
    float[] x = edges(bits);
    int levels = (1 << bits) - 1;
    float top = levels * RESOLUTION;
    ActivationQuantizer quantizer = new ActivationQuantizer(bits, Rounding.UP);
    float[] inside = ones(x.length);
    float[] steps = new float[x.length];
    float[] codes = new float[x.length];
    float[] roundings = new float[x.length];

    Staircases.keepInside(inside, x, top, x.length);
    Staircases.codesUp(x, codes, RESOLUTION, levels, x.length);
    Staircases.addRoundings(roundings, ones(x.length), x, codes, RESOLUTION, top, x.length);
    Staircases.addSteps(steps, ones(x.length), x, top, (levels + 1) / 2f, levels, x.length);

    for (int i = 0; i < x.length; i++) {
      assertThat(inside[i])
          .as("derivative at %s", x[i])
          .isEqualTo(CoarseDerivative.CLIPPED_RELU.at(x[i], RESOLUTION, levels));
      assertThat(steps[i])
          .as("derivative by the resolution at %s", x[i])
          .isEqualTo(ResolutionDerivative.THREE_VALUED.at(x[i], RESOLUTION, quantizer));
      assertThat(roundings[i])
          .as("what rounding adds to %s", x[i])
          .isEqualTo(ResolutionDerivative.LEARNED_STEP.at(x[i], RESOLUTION, quantizer));
    }
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Halves of steps from below 0 to above L, each with its two neighbours in float32. */
  private static float[] edges(int bits) {
    int halves = 2 * ((1 << bits) + 3);
    float[] x = new float[16 * ((3 * halves + 15) / 16)];
    for (int i = 0; i < halves; i++) {
      float edge = (i - 3) * RESOLUTION / 2;
      x[3 * i] = Math.nextDown(edge);
      x[3 * i + 1] = edge;
      x[3 * i + 2] = Math.nextUp(edge);
    }
    return x;
  }
}
