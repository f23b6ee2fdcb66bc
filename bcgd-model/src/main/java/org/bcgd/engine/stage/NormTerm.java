// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.linear.LinearLayer;
import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.step.Step;
import org.bcgd.vector.Affine;

/**
 * A batch norm of the sums of a convolution, or of values. With x = unit · acc + bias, mean m and
 * variance v of acc:
 *
 * <pre>
 *   term    = γ u · (acc − m) + β               u = unit / √(unit² v + ε)
 *   ∂ℓ/∂γ   = u Σ g · (acc − m)                 g = ∂ℓ/∂term
 *   ∂ℓ/∂β   = Σ g
 *   ∂ℓ/∂x   = γ u / unit · (g − mean(g) − u² (acc − m) · mean(g · (acc − m)))
 * </pre>
 *
 * <p>A bias before it has no gradient: the norm takes it away.
 */
public final class NormTerm extends StageTerm {

  /** Where the sums come from and where their gradient goes. */
  public record Source(Optional<LinearLayer> layer, OptionalInt bias, Input input, Tensor back) {}

  private final Node.Norm norm;
  private final Source source;
  private final NormStatistics statistics;
  private final int thread;
  private final float[] sums; // a strip
  private final float[] products; // a strip
  private final float[] gradient; // a strip
  private final float[] byGradient; // a strip
  private final float[] byInput; // a strip
  private final float[] constant; // a strip
  private final float[] centres; // [channels]
  private final double[] rates; // [channels], u
  private final float[] scales; // [channels]
  private final float[] shifts; // [channels]

  public NormTerm(
      Node.Norm norm, Source source, NormStatistics statistics, int thread, Strips strips) {
    super(source.input(), strips);
    this.norm = norm;
    this.source = source;
    this.statistics = statistics;
    this.thread = thread;
    this.sums = new float[strips.length()];
    this.products = new float[strips.length()];
    this.gradient = new float[strips.length()];
    this.byGradient = new float[strips.length()];
    this.byInput = new float[strips.length()];
    this.constant = new float[strips.length()];
    this.centres = new float[strips.channels()];
    this.rates = new double[strips.channels()];
    this.scales = new float[strips.channels()];
    this.shifts = new float[strips.channels()];
  }

  @Override
  boolean needsMeeting() {
    return true;
  }

  /** Moments about the first pixel, which keeps what is squared small. */
  @Override
  void measure(Step step) {
    int channels = strips.channels();
    double[] mean = statistics.means(thread);
    double[] square = statistics.squares(thread);
    Arrays.fill(mean, 0);
    Arrays.fill(square, 0);
    input.forward().load(0, centres, channels);
    strips.spread(centres, centre);
    strips.forEach(
        List.of(
            (offset, length) -> input.forward().load(offset, x, length),
            (offset, length) -> Affine.moments(x, centre, sums, products, length)),
        () -> {
          strips.fold(sums, mean);
          strips.fold(products, square);
        });
    long count = strips.pixels();
    statistics.count(thread, count);
    for (int c = 0; c < channels; c++) {
      double shift = mean[c] / count;
      square[c] = Math.max(0, square[c] - count * shift * shift);
      mean[c] = centres[c] + shift;
    }
  }

  @Override
  void prepare(Step step) {
    Arrays.fill(centres, 0);
    Arrays.fill(statistics.gradients(thread), 0);
    Arrays.fill(statistics.products(thread), 0);
    int channels = step.slice(norm.mean()).outputs();
    for (int c = 0; c < channels; c++) {
      double unit = unit(c);
      double bias = step.value(source.bias(), c, 0);
      double mean = statistics.mean(c);
      double variance = unit * unit * statistics.variance(c);
      if (step.training()) {
        writeStatistics(step, c, unit * mean + bias, variance);
      } else {
        mean = (step.value(norm.mean(), c) - bias) / unit;
        variance = step.value(norm.variance(), c);
      }
      rates[c] = unit / Math.sqrt(variance + norm.epsilon());
      centres[c] = (float) mean;
      scales[c] = (float) (step.value(norm.scale(), c, norm.fixedScale()) * rates[c]);
      shifts[c] = (float) step.value(norm.shift(), c, norm.fixedShift());
    }
    spread(centres, scales, shifts);
  }

  private void writeStatistics(Step step, int channel, double mean, double variance) {
    if (thread == 0) {
      step.sum(norm.mean(), channel, mean);
      step.sum(norm.variance(), channel, variance);
    }
  }

  private double unit(int channel) {
    return source.layer().isPresent() ? source.layer().get().unit()[channel] : 1;
  }

  private double share(int channel) {
    return source.layer().isPresent() ? source.layer().get().share()[channel] : 1;
  }

  @Override
  void collect(float[] gradients, int length) {
    Affine.sum(gradients, sums, length);
    Affine.products(gradients, x, centre, products, length);
  }

  @Override
  void fold() {
    strips.fold(sums, statistics.gradients(thread));
    strips.fold(products, statistics.products(thread));
  }

  @Override
  long propagationBytes(Tensor gradient) {
    return input.back().size() + gradient.size() + source.back().size();
  }

  @Override
  void propagate(Step step, Tensor gradients) {
    prepareBack(step);
    strips.forEach(
        List.of(
            (offset, length) -> input.back().load(offset, x, length),
            (offset, length) -> gradients.load(offset, gradient, length),
            (offset, length) ->
                Affine.combine(
                    gradient, gradient, byGradient, x, centre, byInput, constant, length),
            (offset, length) -> source.back().store(gradient, offset, length)),
        () -> {});
  }

  private void prepareBack(Step step) {
    int channels = strips.channels();
    float[] factors = new float[channels];
    float[] slopes = new float[channels];
    float[] constants = new float[channels];
    long count = statistics.count();
    int trained = step.slice(norm.mean()).outputs();
    for (int c = 0; c < trained; c++) {
      double scale = step.value(norm.scale(), c, norm.fixedScale());
      double factor = share(c) * scale * rates[c] / unit(c);
      factors[c] = (float) factor;
      slopes[c] = (float) (-factor * rates[c] * rates[c] * statistics.product(c) / count);
      constants[c] = (float) (-factor * statistics.gradient(c) / count);
      if (thread == 0) {
        step.sum(norm.scale(), c, rates[c] * statistics.product(c));
        step.sum(norm.shift(), c, statistics.gradient(c));
      }
    }
    strips.spread(factors, byGradient);
    strips.spread(slopes, byInput);
    strips.spread(constants, constant);
  }
}
