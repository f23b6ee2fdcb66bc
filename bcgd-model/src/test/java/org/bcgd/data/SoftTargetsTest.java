// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftTargetsTest {

  @Test
  void aTemperatureSoftensWhatTheTeacherSays() {
    // softmax of z = (0, 2, 4) and of z / 2 = (0, 1, 2)
    float[] atOne = {0.01587624f, 0.11731043f, 0.86681333f};

    float[] atTwo = SoftTargets.of(atOne, 3, 1, 2).probabilities();

    assertThat(atTwo)
        .containsExactly(new float[] {0.09003057f, 0.24472848f, 0.66524094f}, within(1e-6f));
    assertThat(SoftTargets.of(atOne, 3, 1, 1).probabilities())
        .containsExactly(atOne, within(1e-7f));
  }

  @Test
  void whatTheTeacherIsCertainOfStaysCertain() {
    assertThat(SoftTargets.of(new float[] {0, 1, 0, 0, 0, 1}, 3, 1, 4).probabilities())
        .containsExactly(0, 1, 0, 0, 0, 1);
  }

  @Test
  void weightAndTemperatureHaveBounds() {
    assertThatThrownBy(() -> new SoftTargets(new float[3], 1.5, 1)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new SoftTargets(new float[3], 0.5, 0)).hasMessageContaining("0.0");
  }
}
