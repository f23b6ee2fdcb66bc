// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.QuantizedTensor;

/**
 * Blended coarse gradient descent: projection and update, both pure functions of the state.
 *
 * <pre>
 *   w     = Q(w_f)                                       nearest point of the low-bit set
 *   g     = mean coarse gradient at (w, α)               comes from the executors
 *   b     = (1 − ρ)·w_f + ρ·w                            blend first; only where weights are quantized
 *   v'    = μ·v + g + λ·b                                momentum and decay, at the blended weights
 *   w_f'  = b − η·v'
 *   α'    = clamp(α − η_α·v'_α)                          v' as above, of the clipped g_α
 *   s'    = d·s + (1 − d)·(batch mean or variance)       running statistics
 * </pre>
 *
 * <p>Biases, batch normalisation and float weights follow the same rule with b = w_f. The blending
 * pull is neither scaled by η nor part of the momentum.
 *
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, the BCGD algorithm
 */
public final class BlendedCoarseGradientDescent {

  private final ParameterLayout layout;
  private final WeightPrecision precision;
  private final Set<ParameterSlice> quantizedSlices;
  private final DescentSettings settings;
  private final int stepsPerEpoch;

  public BlendedCoarseGradientDescent(
      ParameterLayout layout,
      WeightPrecision precision,
      DescentSettings settings,
      int stepsPerEpoch) {
    this.layout = layout;
    this.precision = precision;
    this.quantizedSlices = precision.quantizedSlices(layout);
    this.settings = settings;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /** w = Q(w_f): the weights that are deployed and evaluated. */
  public WeightSnapshot quantize(MasterState state) {
    List<Optional<QuantizedTensor>> tensors = new ArrayList<>();
    for (ParameterSlice slice : layout.slices()) {
      tensors.add(
          quantizedSlices.contains(slice)
              ? Optional.of(project(state.weights(), slice))
              : Optional.empty());
    }
    return new WeightSnapshot(layout, tensors, state.weights());
  }

  /** The point at which the gradient of the next step is taken: w, or its relaxation. */
  public WeightSnapshot gradientPoint(MasterState state) {
    WeightSnapshot quantized = quantize(state);
    long epoch = epoch(state);
    return settings
        .relaxation()
        .filter(relaxation -> !relaxation.isHard(epoch))
        .map(relaxation -> relax(state, quantized, (float) relaxation.quantizedShare(epoch)))
        .orElse(quantized);
  }

  /** The state after the update with gradient {@code g} taken at {@code w}. */
  public MasterState step(MasterState state, WeightSnapshot w, GradientSum g) {
    float[] weights = state.weights().clone();
    float[] momentum = state.momentum().clone();
    for (ParameterSlice slice : layout.slices()) {
      if (slice.role().isRunningStatistic()) {
        follow(slice, weights, g);
      } else if (slice.role() == ParameterRole.RESOLUTION) {
        stepResolution(slice, weights, momentum, g, learningRate(state));
      } else {
        if (quantizedSlices.contains(slice)) {
          blend(slice, weights, w.values(), (float) blending(state));
        }
        descend(slice, weights, momentum, g, (float) learningRate(state));
      }
    }
    return new MasterState(state.step() + 1, weights, momentum);
  }

  /** η of the next step. */
  public double learningRate(MasterState state) {
    return settings.learningRate().at(state.step(), stepsPerEpoch);
  }

  /** ρ of the next step. */
  public double blending(MasterState state) {
    return settings.blending().at(epoch(state));
  }

  private long epoch(MasterState state) {
    return state.step() / stepsPerEpoch;
  }

  private QuantizedTensor project(float[] weights, ParameterSlice slice) {
    return QuantizedTensor.project(
        precision.quantizer().orElseThrow(),
        weights,
        slice.offset(),
        slice.length(),
        precision.scales(slice));
  }

  private WeightSnapshot relax(MasterState state, WeightSnapshot quantized, float share) {
    float[] relaxed = state.weights().clone();
    for (ParameterSlice slice : quantizedSlices) {
      blend(slice, relaxed, quantized.values(), share);
    }
    return new WeightSnapshot(
        layout,
        layout.slices().stream().map(s -> Optional.<QuantizedTensor>empty()).toList(),
        relaxed);
  }

  private static void blend(ParameterSlice slice, float[] weights, float[] w, float share) {
    for (int i = slice.offset(); i < slice.end(); i++) {
      weights[i] = (1 - share) * weights[i] + share * w[i];
    }
  }

  private void descend(
      ParameterSlice slice, float[] weights, float[] momentum, GradientSum g, float rate) {
    float factor = g.gradientFactor();
    float mu = (float) settings.momentum();
    float decay = (float) settings.weightDecay().of(slice.role());
    float[] sums = g.sums();
    for (int i = slice.offset(); i < slice.end(); i++) {
      momentum[i] = mu * momentum[i] + factor * sums[i] + decay * weights[i];
      weights[i] -= rate * momentum[i];
    }
  }

  private void stepResolution(
      ParameterSlice slice, float[] weights, float[] momentum, GradientSum g, double learningRate) {
    ResolutionRule rule = settings.resolution();
    double rate = rule.rateFactor() * learningRate;
    double decay = settings.weightDecay().resolutions();
    for (int i = slice.offset(); i < slice.end(); i++) {
      double gradient =
          clamp(g.gradientFactor() * g.sums()[i], -rule.gradientClip(), rule.gradientClip());
      momentum[i] = (float) (settings.momentum() * momentum[i] + gradient + decay * weights[i]);
      weights[i] = (float) clamp(weights[i] - rate * momentum[i], rule.minimum(), rule.maximum());
    }
  }

  private void follow(ParameterSlice slice, float[] weights, GradientSum g) {
    float keep = (float) settings.runningStatisticsDecay();
    for (int i = slice.offset(); i < slice.end(); i++) {
      weights[i] = keep * weights[i] + (1 - keep) * (g.statisticFactor() * g.sums()[i]);
    }
  }

  private static double clamp(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }
}
