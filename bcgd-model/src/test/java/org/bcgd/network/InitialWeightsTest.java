// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {

  private static final ParameterSlice CONVOLUTION =
      new ParameterSlice("c/W", ParameterRole.WEIGHT, 0, List.of(64, 100, 3, 3));
  private static final ParameterSlice DENSE =
      new ParameterSlice("d/W", ParameterRole.WEIGHT, 57600, List.of(200, 100));
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              CONVOLUTION,
              DENSE,
              new ParameterSlice("d/b", ParameterRole.BIAS, 77600, List.of(1)),
              new ParameterSlice("n/gamma", ParameterRole.NORM_SCALE, 77601, List.of(1)),
              new ParameterSlice("n/beta", ParameterRole.NORM_SHIFT, 77602, List.of(1)),
              new ParameterSlice("n/mean", ParameterRole.RUNNING_MEAN, 77603, List.of(1)),
              new ParameterSlice("n/var", ParameterRole.RUNNING_VARIANCE, 77604, List.of(1)),
              new ParameterSlice("a/alpha", ParameterRole.RESOLUTION, 77605, List.of(1))));

  private static double deviation(float[] values, ParameterSlice slice) {
    double sum = 0;
    for (int i = slice.offset(); i < slice.end(); i++) {
      sum += (double) values[i] * values[i];
    }
    return Math.sqrt(sum / slice.length());
  }

  @Test
  void aConvolutionSpreadsByWhatLeavesItAndADenseLayerByWhatEnters() {
    float[] values = InitialWeights.draw(LAYOUT, 1);
    double convolution = Math.sqrt(2.0 / (64 * 9));
    double dense = Math.sqrt(2.0 / 100);
    assertThat(deviation(values, CONVOLUTION)).isCloseTo(convolution, within(0.02 * convolution));
    assertThat(deviation(values, DENSE)).isCloseTo(dense, within(0.03 * dense));
  }

  @Test
  void theRestStartsAtZeroOrOne() {
    float[] values = InitialWeights.draw(LAYOUT, 1);
    assertThat(Arrays.copyOfRange(values, 77600, 77606)).containsExactly(0, 1, 0, 0, 1, 1);
  }

  @Test
  void equalSeedsDrawEqualWeightsAndOthersDoNot() {
    assertThat(InitialWeights.draw(LAYOUT, 5)).isEqualTo(InitialWeights.draw(LAYOUT, 5));
    assertThat(InitialWeights.draw(LAYOUT, 6)[0]).isNotEqualTo(InitialWeights.draw(LAYOUT, 5)[0]);
  }

  @Test
  void eachSliceHasAStreamOfItsOwn() {
    float[] values = InitialWeights.draw(LAYOUT, 1);
    double first = values[CONVOLUTION.offset()] / Math.sqrt(2.0 / (64 * 9));
    double second = values[DENSE.offset()] / Math.sqrt(2.0 / 100);
    assertThat(first).isNotCloseTo(second, within(1e-4));
  }
}
