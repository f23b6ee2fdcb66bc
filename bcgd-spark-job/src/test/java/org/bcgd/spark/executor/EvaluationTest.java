// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  /** Three images of seven classes; every figure below is counted by hand. */
  private static final Evaluation THREE =
      Evaluation.of(
          new float[] {
            0.5f, 0.1f, 0.1f, 0.1f, 0.1f, 0.05f, 0.05f, // label 0: right
            0.1f, 0.2f, 0.3f, 0.1f, 0.1f, 0.1f, 0.1f, // label 1: second
            0.3f, 0.2f, 0.15f, 0.14f, 0.13f, 0.08f, 0f // label 6: last
          },
          new int[] {0, 1, 6});

  @Test
  void countsHits() {
    assertThat(THREE.images()).isEqualTo(3);
    assertThat(THREE.topOne()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(THREE.topFive()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(THREE.confusion(1, 2)).isOne();
    assertThat(THREE.confusion(6, 0)).isOne();
    assertThat(THREE.confusion(2, 1)).isZero();
  }

  @Test
  void lossIsTheMeanNegativeLogarithm() {
    Evaluation two = Evaluation.of(new float[] {0.5f, 0.5f, 0.25f, 0.75f}, new int[] {0, 0});
    assertThat(two.meanLoss()).isCloseTo((Math.log(2) + Math.log(4)) / 2, within(1e-7));
    assertThat(THREE.meanLoss()).isFinite();
  }

  @Test
  void equallyProbableClassesGoToTheLowestNumber() {
    Evaluation tie = Evaluation.of(new float[7], new int[] {5});
    assertThat(tie.confusion(5, 0)).isOne();
    assertThat(tie.topFive()).isZero();
    assertThat(Evaluation.of(new float[7], new int[] {4}).topFive()).isOne();
  }

  @Test
  void partsAddUp() {
    Evaluation sum = Evaluation.sum(List.of(THREE, THREE));
    assertThat(sum.images()).isEqualTo(6);
    assertThat(sum.topOne()).isEqualTo(THREE.topOne());
    assertThat(sum.meanLoss()).isCloseTo(THREE.meanLoss(), within(1e-12));
  }
}
