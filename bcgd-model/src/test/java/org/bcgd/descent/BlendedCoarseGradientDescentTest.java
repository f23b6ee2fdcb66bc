// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightPrecision.Granularity;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;
import org.junit.jupiter.api.Test;

/** Every expected value is worked out by hand from the update rule in the Javadoc. */
class BlendedCoarseGradientDescentTest {

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              new ParameterSlice("conv/W", ParameterRole.WEIGHT, 0, List.of(1, 2)),
              new ParameterSlice("conv/b", ParameterRole.BIAS, 2, List.of(1)),
              new ParameterSlice("norm/mean", ParameterRole.RUNNING_MEAN, 3, List.of(1)),
              new ParameterSlice("act/alpha", ParameterRole.RESOLUTION, 4, List.of(1))));
  private static final MasterState START = MasterState.start(new float[] {3, -1, 0.5f, 10, 0.2f});

  @Test
  void onlyTheWeightsOfLinearLayersAreQuantized() {
    assertThat(descent(0, 0).quantize(START).values()).containsExactly(2, -2, 0.5f, 10, 0.2f);
  }

  @Test
  void everyRoleFollowsItsRule() {
    BlendedCoarseGradientDescent descent = descent(0.5, 0.1);
    WeightSnapshot w = descent.quantize(START);
    // four samples in two minibatches
    GradientSum g = new GradientSum(new float[] {4, 8, 2, 6, 40}, 0, 0, 4, 2);
    MasterState next = descent.step(START, w, g, MasterState.blank(5));
    // b = (3 + 2) / 2 and (-1 - 2) / 2; v = g + 0.1 b; w_f = b - 0.01 v
    assertThat(next.momentum()[0]).isCloseTo(1 + 0.25f, within(1e-6f));
    assertThat(next.weights()[0]).isCloseTo(2.5f - 0.0125f, within(1e-6f));
    assertThat(next.momentum()[1]).isCloseTo(2 - 0.15f, within(1e-6f));
    assertThat(next.weights()[1]).isCloseTo(-1.5f - 0.0185f, within(1e-6f));
    // biases: no blending, decay 0
    assertThat(next.weights()[2]).isCloseTo(0.5f - 0.01f * 0.5f, within(1e-6f));
    // running mean: 0.9 * 10 + 0.1 * (6 / 2)
    assertThat(next.weights()[3]).isCloseTo(9.3f, within(1e-5f));
    // alpha: gradient 10 clipped to 1, rate 0.01 * 0.5
    assertThat(next.weights()[4]).isCloseTo(0.2f - 0.005f, within(1e-6f));
    assertThat(next.step()).isOne();
  }

  @Test
  void momentumCarriesTheGradientButNotTheBlendingPull() {
    BlendedCoarseGradientDescent descent = descent(0.5, 0);
    GradientSum none = new GradientSum(new float[5], 0, 0, 1, 1);
    MasterState once = descent.step(START, descent.quantize(START), none, MasterState.blank(5));
    assertThat(once.momentum()).containsOnly(0f);
    GradientSum one = new GradientSum(new float[] {1, 0, 0, 0, 0}, 0, 0, 1, 1);
    MasterState twice = descent.step(once, descent.quantize(once), one, MasterState.blank(5));
    MasterState thrice = descent.step(twice, descent.quantize(twice), one, MasterState.blank(5));
    assertThat(thrice.momentum()[0]).isCloseTo(0.5f * 1 + 1, within(1e-6f));
  }

  @Test
  void rhoZeroIsBinaryConnectAndRhoOneIsProjectedGradient() {
    GradientSum g = new GradientSum(new float[] {1, 1, 0, 0, 0}, 0, 0, 1, 1);
    assertThat(step(Blending.BINARY_CONNECT, g).weights()[0]).isCloseTo(3 - 0.01f, within(1e-6f));
    assertThat(step(Blending.PROJECTED_GRADIENT, g).weights()[0])
        .isCloseTo(2 - 0.01f, within(1e-6f));
  }

  @Test
  void resolutionsStayWithinTheirBounds() {
    BlendedCoarseGradientDescent descent = descent(0, 0);
    MasterState state = MasterState.start(new float[] {3, -1, 0, 0, 0.1001f});
    GradientSum up = new GradientSum(new float[] {0, 0, 0, 0, 1}, 0, 0, 1, 1);
    assertThat(descent.step(state, descent.quantize(state), up, MasterState.blank(5)).weights()[4])
        .isEqualTo(0.1f);
  }

  @Test
  void theOldStateIsLeftAlone() {
    BlendedCoarseGradientDescent descent = descent(0.5, 0.1);
    descent.step(
        START,
        descent.quantize(START),
        new GradientSum(new float[] {1, 1, 1, 1, 1}, 0, 0, 1, 1),
        MasterState.blank(5));
    assertThat(START.weights()).containsExactly(3, -1, 0.5f, 10, 0.2f);
    assertThat(START.momentum()).containsOnly(0f);
  }

  @Test
  void theNewStateTakesOverTheArraysOfTheSpareOne() {
    BlendedCoarseGradientDescent descent = descent(0.5, 0.1);
    GradientSum g = new GradientSum(new float[] {4, 8, 2, 6, 40}, 0, 0, 4, 2);
    MasterState spare =
        new MasterState(7, new float[] {9, 9, 9, 9, 9}, new float[] {9, 9, 9, 9, 9});
    MasterState next = descent.step(START, descent.quantize(START), g, spare);
    assertThat(next.weights()).isSameAs(spare.weights());
    assertThat(next)
        .usingRecursiveComparison()
        .isEqualTo(descent.step(START, descent.quantize(START), g, MasterState.blank(5)));
  }

  @Test
  void aStateMayBeItsOwnSpare() {
    BlendedCoarseGradientDescent descent = descent(0.5, 0.1);
    GradientSum g = new GradientSum(new float[] {4, 8, 2, 6, 40}, 0, 0, 4, 2);
    MasterState own =
        new MasterState(START.step(), START.weights().clone(), START.momentum().clone());
    assertThat(descent.step(own, descent.quantize(own), g, own))
        .usingRecursiveComparison()
        .isEqualTo(descent.step(START, descent.quantize(START), g, MasterState.blank(5)));
  }

  @Test
  void relaxationLiesBetweenFloatAndQuantizedUntilItIsHard() {
    DescentSettings relaxed =
        settings(Blending.constant(0), 0, Optional.of(new Relaxation(1, 2, 2)));
    BlendedCoarseGradientDescent descent = descent(relaxed);
    assertThat(descent.gradientPoint(START).values()[0]).isEqualTo(2.5f);
    MasterState secondEpoch = new MasterState(10, START.weights(), START.momentum());
    assertThat(descent.gradientPoint(secondEpoch).values()[0])
        .isCloseTo(3 / 3f + 2 * 2 / 3f, within(1e-6f));
    MasterState thirdEpoch = new MasterState(20, START.weights(), START.momentum());
    assertThat(descent.gradientPoint(thirdEpoch).values()[0]).isEqualTo(2f);
    assertThat(descent.quantize(START).values()[0]).isEqualTo(2f);
  }

  @Test
  void blendingGrowsUpToItsCap() {
    Blending growing = new Blending(0.001, 10, 0.02);
    assertThat(growing.at(0)).isEqualTo(0.001);
    assertThat(growing.at(1)).isCloseTo(0.01, within(1e-12));
    assertThat(growing.at(5)).isEqualTo(0.02);
    assertThatThrownBy(() -> Blending.constant(1.5)).hasMessageContaining("rho 1.5");
    assertThatThrownBy(() -> Blending.constant(-0.1)).hasMessageContaining("rho -0.1");
  }

  @Test
  void learningRatesFallAsTheirNamesSay() {
    LearningRate step = new LearningRate(0.1, new Decay.Step(List.of(2, 3), 0.1), 0);
    assertThat(step.at(19, 10)).isEqualTo(0.1);
    assertThat(step.at(20, 10)).isCloseTo(0.01, within(1e-12));
    assertThat(step.at(30, 10)).isCloseTo(0.001, within(1e-12));
    LearningRate cosine = new LearningRate(2, new Decay.Cosine(4), 0);
    assertThat(cosine.at(0, 10)).isEqualTo(2);
    assertThat(cosine.at(20, 10)).isCloseTo(1, within(1e-12));
    assertThat(cosine.at(40, 10)).isCloseTo(0, within(1e-12));
    LearningRate warmUp = new LearningRate(1, new Decay.Constant(), 2);
    assertThat(warmUp.at(0, 10)).isCloseTo(1 / 20.0, within(1e-12));
    assertThat(warmUp.at(9, 10)).isCloseTo(0.5, within(1e-12));
    assertThat(warmUp.at(100, 10)).isEqualTo(1);
  }

  private static MasterState step(Blending blending, GradientSum g) {
    BlendedCoarseGradientDescent descent = descent(settings(blending, 0, Optional.empty()));
    return descent.step(START, descent.quantize(START), g, MasterState.blank(5));
  }

  private static BlendedCoarseGradientDescent descent(double rho, double decay) {
    return descent(settings(Blending.constant(rho), decay, Optional.empty()));
  }

  private static BlendedCoarseGradientDescent descent(DescentSettings settings) {
    return new BlendedCoarseGradientDescent(
        LAYOUT,
        new WeightPrecision(
            Optional.of(new BinaryQuantizer()), Granularity.LAYER, new LayerSelection.All()),
        settings,
        10);
  }

  private static DescentSettings settings(
      Blending blending, double decay, Optional<Relaxation> relaxation) {
    return new DescentSettings(
        new LearningRate(0.01, new Decay.Constant(), 0),
        0.5,
        new WeightDecay(decay, 0, 0, 0),
        blending,
        relaxation,
        new ResolutionRule(0.5, 1, 0.1, 100),
        0.9);
  }
}
