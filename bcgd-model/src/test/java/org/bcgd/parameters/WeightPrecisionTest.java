// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.bcgd.parameters.WeightPrecision.Granularity;
import org.bcgd.quantization.BinaryQuantizer;
import org.junit.jupiter.api.Test;

class WeightPrecisionTest {

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              new ParameterSlice("conv/W", ParameterRole.WEIGHT, 0, List.of(2, 1, 1, 1)),
              new ParameterSlice("norm/gamma", ParameterRole.NORM_SCALE, 2, List.of(2)),
              new ParameterSlice("stage1/conv/W", ParameterRole.WEIGHT, 4, List.of(2, 2, 1, 1)),
              new ParameterSlice("output/W", ParameterRole.WEIGHT, 8, List.of(3, 2)),
              new ParameterSlice("output/b", ParameterRole.BIAS, 14, List.of(3))));

  @Test
  void allMeansEveryLinearLayerAndNothingElse() {
    assertThat(quantizedNames(new LayerSelection.All()))
        .containsExactlyInAnyOrder("conv/W", "stage1/conv/W", "output/W");
  }

  @Test
  void firstAndLastCanStayFloat() {
    assertThat(quantizedNames(new LayerSelection.AllButFirstAndLast()))
        .containsExactly("stage1/conv/W");
  }

  @Test
  void patternsChooseByName() {
    assertThat(quantizedNames(new LayerSelection.Matching(List.of("stage?/**", "conv/W"))))
        .containsExactlyInAnyOrder("conv/W", "stage1/conv/W");
  }

  @Test
  void floatingPointQuantizesNothing() {
    assertThat(WeightPrecision.floatingPoint().quantizedSlices(LAYOUT)).isEmpty();
  }

  @Test
  void aLayoutHasNoGapsAndNoTwins() {
    ParameterSlice first = new ParameterSlice("a", ParameterRole.BIAS, 0, List.of(2));
    assertThatThrownBy(
            () ->
                new ParameterLayout(
                    List.of(first, new ParameterSlice("b", ParameterRole.BIAS, 3, List.of(1)))))
        .hasMessageContaining("b starts at 3, expected 2");
    assertThatThrownBy(
            () ->
                new ParameterLayout(
                    List.of(first, new ParameterSlice("a", ParameterRole.BIAS, 2, List.of(1)))))
        .hasMessageContaining("two parameters are named a");
  }

  private static List<String> quantizedNames(LayerSelection selection) {
    return new WeightPrecision(Optional.of(new BinaryQuantizer()), Granularity.LAYER, selection)
        .quantizedSlices(LAYOUT).stream().map(ParameterSlice::name).toList();
  }
}
