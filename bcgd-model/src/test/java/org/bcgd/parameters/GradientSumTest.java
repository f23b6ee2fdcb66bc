// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GradientSumTest {

  private static final GradientSum SUM = new GradientSum(new float[] {11, 22}, 8, 3, 8, 2);

  @Test
  void readsOutMeansBySamplesAndByMinibatches() {
    assertThat(SUM.sums()).containsExactly(11f, 22f);
    assertThat(SUM.meanLoss()).isEqualTo(1.0);
    assertThat(SUM.accuracy()).isEqualTo(3.0 / 8);
    assertThat(SUM.gradientFactor()).isEqualTo(1f / 8);
    assertThat(SUM.statisticFactor()).isEqualTo(1f / 2);
  }

  @Test
  void twoOfThemAddUp() {
    GradientSum sum = SUM.plus(new GradientSum(new float[] {1, -2}, 0.5, 1, 2, 1));
    assertThat(sum.sums()).containsExactly(12f, 20f);
    assertThat(sum.loss()).isEqualTo(SUM.loss() + 0.5);
    assertThat(sum.correct()).isEqualTo(SUM.correct() + 1);
    assertThat(sum.samples()).isEqualTo(SUM.samples() + 2);
    assertThat(sum.minibatches()).isEqualTo(SUM.minibatches() + 1);
    assertThat(SUM.sums()).containsExactly(11f, 22f);
    assertThatThrownBy(() -> SUM.plus(new GradientSum(new float[3], 0, 0, 1, 1)))
        .hasMessageContaining("2 values and one of 3");
  }

  @Test
  void survivesTheWire() throws Exception {
    GradientSum copy = PackedSnapshotTest.throughTheWire(SUM);
    assertThat(copy).usingRecursiveComparison().isEqualTo(SUM);
  }

  @Test
  void seesWhatIsNotFinite() {
    assertThat(SUM.isFinite()).isTrue();
    assertThat(new GradientSum(new float[] {Float.NaN}, 0, 0, 1, 1).isFinite()).isFalse();
    assertThat(new GradientSum(new float[] {0}, Double.POSITIVE_INFINITY, 0, 1, 1).isFinite())
        .isFalse();
  }

  @Test
  void theMeanOfNothingIsAnError() {
    assertThatThrownBy(() -> new GradientSum(new float[1], 0, 0, 0, 1))
        .hasMessageContaining("0 samples");
  }
}
