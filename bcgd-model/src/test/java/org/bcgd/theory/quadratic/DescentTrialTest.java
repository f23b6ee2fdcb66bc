// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.quadratic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;

class DescentTrialTest {

  private static final RandomKey KEY = RandomKey.of(11);

  @Test
  void blendingKeepsTheInequalityWithEachExactProjection() {
    for (WeightQuantizer exact :
        new WeightQuantizer[] {new BinaryQuantizer(), new TernaryQuantizer()}) {
      assertThat(new DescentTrial(exact, 0.01, 0.05).count(KEY).violations()).isZero();
      assertThat(new DescentTrial(exact, 0.05, 0.05).count(KEY).violations()).isZero();
      assertThat(new DescentTrial(exact, 0.1, 0.05).count(KEY).ascents()).isZero();
    }
  }

  /** Another program found about 29 % of the steps with binary and 23 % with ternary weights. */
  @Test
  void binaryConnectAscendsInAboutAQuarterOfItsSteps() {
    assertThat(new DescentTrial(new BinaryQuantizer(), 0, 0.05).count(KEY).ascentShare())
        .isCloseTo(0.29, within(0.04));
    assertThat(new DescentTrial(new TernaryQuantizer(), 0, 0.05).count(KEY).ascentShare())
        .isCloseTo(0.23, within(0.04));
  }

  @Test
  void tooLittleBlendingAscendsWithoutBreakingTheInequality() {
    DescentTrial.Count count = new DescentTrial(new BinaryQuantizer(), 0.01, 0.05).count(KEY);
    assertThat(count.ascentShare()).isCloseTo(0.16, within(0.04));
    assertThat(count.violationShare()).isZero();
    assertThat(count.steps()).isEqualTo(12_000);
  }

  @Test
  void theGradientIsThatOfTheQuadratic() {
    Quadratic f = Quadratic.draw(5, KEY);
    float[] w = {0.3f, -1, 0.5f, 2, -0.25f};
    float[] gradient = f.gradient(w);
    for (int i = 0; i < w.length; i++) {
      float[] above = w.clone();
      float[] below = w.clone();
      above[i] += 0.125f;
      below[i] -= 0.125f;
      assertThat((f.at(above) - f.at(below)) / 0.25).isCloseTo(gradient[i], within(1e-5));
    }
  }

  @Test
  void lossesAreThoseOfTheSteps() {
    double[] losses = new DescentTrial(new BinaryQuantizer(), 0.1, 0.05).losses(KEY);
    assertThat(losses).hasSize(61);
    assertThat(losses[60]).isLessThan(losses[0]);
  }
}
