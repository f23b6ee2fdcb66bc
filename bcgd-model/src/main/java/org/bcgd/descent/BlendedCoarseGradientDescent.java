// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bcgd.parallel.FixedChunks;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.QuantizedTensor;
import org.bcgd.vector.VectorModule;

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
    VectorModule.require();
    this.layout = layout;
    this.precision = precision;
    this.quantizedSlices = precision.quantizedSlices(layout);
    this.settings = settings;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /** w = Q(w_f): the weights that are deployed and evaluated. */
  public WeightSnapshot quantize(MasterState state) {
    List<Optional<QuantizedTensor>> tensors =
        layout.slices().parallelStream().map(slice -> projected(state, slice)).toList();
    return new WeightSnapshot(layout, tensors, state.weights());
  }

  private Optional<QuantizedTensor> projected(MasterState state, ParameterSlice slice) {
    return quantizedSlices.contains(slice)
        ? Optional.of(project(state.weights(), slice))
        : Optional.empty();
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

  /**
   * The state after the update with gradient {@code g} taken at {@code w}.
   *
   * @param spare a state that is needed no more: the new state takes over its arrays, so that a
   *     step of a large network asks for no memory. It may be {@code state} itself, which saves a
   *     pass over memory
   */
  public MasterState step(MasterState state, WeightSnapshot w, GradientSum g, MasterState spare) {
    MasterState next = new MasterState(state.step() + 1, spare.weights(), spare.momentum());
    IntStream.range(0, layout.slices().size())
        .parallel()
        .forEach(index -> stepSlice(index, state, w, g, next));
    return next;
  }

  private void stepSlice(
      int index, MasterState state, WeightSnapshot w, GradientSum g, MasterState next) {
    ParameterSlice slice = layout.slices().get(index);
    if (slice.role().isRunningStatistic()) {
      follow(slice, state, g, (float) settings.runningStatisticsDecay(), next);
    } else if (slice.role() == ParameterRole.RESOLUTION) {
      stepResolution(slice, state, g, next);
    } else {
      stepWeights(index, state, w, g, next);
    }
  }

  /**
   * The same state but for its running statistics, which follow those of the batches of {@code g}.
   *
   * @param keep share of the old statistics that stays, 0..1
   */
  public MasterState follow(MasterState state, GradientSum g, float keep) {
    MasterState next =
        new MasterState(state.step(), state.weights().clone(), state.momentum().clone());
    for (ParameterSlice slice : layout.slices()) {
      if (slice.role().isRunningStatistic()) {
        follow(slice, state, g, keep, next);
      }
    }
    return next;
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
    List<Optional<QuantizedTensor>> none = new ArrayList<>();
    for (int index = 0; index < layout.slices().size(); index++) {
      ParameterSlice slice = layout.slices().get(index);
      none.add(Optional.empty());
      if (quantizedSlices.contains(slice)) {
        blend(index, quantized, share, relaxed, slice.offset(), slice.end());
      }
    }
    return new WeightSnapshot(layout, none, relaxed);
  }

  /** Goes through a slice in chunks that stay in the cache from the blending to the descent. */
  private void stepWeights(
      int index, MasterState state, WeightSnapshot w, GradientSum g, MasterState next) {
    ParameterSlice slice = layout.slices().get(index);
    boolean blended = quantizedSlices.contains(slice);
    float rho = (float) blending(state);
    float rate = (float) learningRate(state);
    float decay = (float) settings.weightDecay().of(slice.role());
    FixedChunks.forEach(
        slice.offset(),
        slice.end(),
        (from, to) -> {
          if (state.weights() != next.weights()) {
            System.arraycopy(state.weights(), from, next.weights(), from, to - from);
          }
          if (blended) {
            blend(index, w, rho, next.weights(), from, to);
          }
          descend(g, state.momentum(), next, rate, decay, from, to);
        });
  }

  /** y ← (1 − share)·y + share·w for the values from..to−1 of the flat vector. */
  private void blend(int index, WeightSnapshot w, float share, float[] weights, int from, int to) {
    int offset = layout.slices().get(index).offset();
    if (w.quantized(index).isPresent()) {
      w.quantized(index).get().blendInto(weights, offset, share, from - offset, to - offset);
    } else {
      float[] target = w.floats(index);
      for (int i = from; i < to; i++) {
        weights[i] = (1 - share) * weights[i] + share * target[i - offset];
      }
    }
  }

  /** v ← μ·v + g + λ·b and w_f ← b − η·v, where b is what the new weights hold so far. */
  private void descend(
      GradientSum g,
      float[] momentum,
      MasterState next,
      float rate,
      float decay,
      int from,
      int to) {
    float factor = g.gradientFactor();
    float mu = (float) settings.momentum();
    float[] sums = g.sums();
    float[] weights = next.weights();
    float[] accumulated = next.momentum();
    for (int i = from; i < to; i++) {
      float v = mu * momentum[i] + factor * sums[i] + decay * weights[i];
      accumulated[i] = v;
      weights[i] -= rate * v;
    }
  }

  private void stepResolution(
      ParameterSlice slice, MasterState state, GradientSum g, MasterState next) {
    ResolutionRule rule = settings.resolution();
    double rate = rule.rateFactor() * learningRate(state);
    double decay = settings.weightDecay().resolutions();
    for (int i = slice.offset(); i < slice.end(); i++) {
      double alpha = state.weights()[i];
      double gradient =
          clamp(g.gradientFactor() * g.sums()[i], -rule.gradientClip(), rule.gradientClip());
      float v = (float) (settings.momentum() * state.momentum()[i] + gradient + decay * alpha);
      next.momentum()[i] = v;
      next.weights()[i] = (float) clamp(alpha - rate * v, rule.minimum(), rule.maximum());
    }
  }

  private static void follow(
      ParameterSlice slice, MasterState state, GradientSum g, float keep, MasterState next) {
    for (int i = slice.offset(); i < slice.end(); i++) {
      float batch = g.statisticFactor() * g.sums()[i];
      next.weights()[i] = keep * state.weights()[i] + (1 - keep) * batch;
      next.momentum()[i] = 0;
    }
  }

  private static double clamp(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }
}
