// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientSumTest {

  private static final GradientSum FIRST = new GradientSum(new float[] {1, 2}, 3, 1, 2, 1);
  private static final GradientSum SECOND = new GradientSum(new float[] {10, 20}, 5, 2, 6, 1);

  @Test
  void partsAddUp() {
    GradientSum sum = GradientSum.of(List.of(FIRST, SECOND));
    assertThat(sum.sums()).containsExactly(11f, 22f);
    assertThat(sum.meanLoss()).isEqualTo(1.0);
    assertThat(sum.accuracy()).isEqualTo(3.0 / 8);
    assertThat(sum.gradientFactor()).isEqualTo(1f / 8);
    assertThat(sum.statisticFactor()).isEqualTo(1f / 2);
  }

  @Test
  void addingLeavesThePartsAlone() {
    GradientSum.of(List.of(FIRST, SECOND));
    assertThat(FIRST.sums()).containsExactly(1f, 2f);
  }

  @Test
  void theOrderOfTheSumIsTheOrderOfTheParts() {
    GradientSum large = new GradientSum(new float[] {1e8f}, 0, 0, 1, 1);
    GradientSum minus = new GradientSum(new float[] {-1e8f}, 0, 0, 1, 1);
    GradientSum small = new GradientSum(new float[] {1}, 0, 0, 1, 1);
    assertThat(GradientSum.of(List.of(large, minus, small)).sums()).containsExactly(1f);
    assertThat(GradientSum.of(List.of(large, small, minus)).sums()).containsExactly(0f);
  }

  @Test
  void survivesTheWire() throws Exception {
    GradientSum copy = PackedSnapshotTest.throughTheWire(SECOND);
    assertThat(copy).usingRecursiveComparison().isEqualTo(SECOND);
  }

  @Test
  void seesWhatIsNotFinite() {
    assertThat(FIRST.isFinite()).isTrue();
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
