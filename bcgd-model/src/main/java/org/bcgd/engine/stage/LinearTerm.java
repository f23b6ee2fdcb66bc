// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.stage;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.bcgd.engine.linear.LinearLayer;
import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.step.Step;
import org.bcgd.vector.Affine;

/**
 * The sums of a convolution without batch norm.
 *
 * <pre>
 *   term = unit · acc + bias
 * </pre>
 */
public final class LinearTerm extends StageTerm {

  private final LinearLayer layer;
  private final OptionalInt bias;
  private final double[] biasGradient; // this thread's part
  private final Tensor back; // where the convolution takes its gradient from
  private final float[] sums; // a strip
  private final float[] share; // a strip

  public LinearTerm(
      LinearLayer layer,
      OptionalInt bias,
      double[] biasGradient,
      Input input,
      Tensor back,
      Strips strips) {
    super(input, strips);
    this.layer = layer;
    this.bias = bias;
    this.biasGradient = biasGradient;
    this.back = back;
    this.sums = new float[strips.length()];
    this.share = new float[strips.length()];
  }

  @Override
  void prepare(Step step) {
    float[] zeros = new float[strips.channels()];
    spread(zeros, layer.unit(), shifts(step));
    Arrays.fill(biasGradient, 0);
  }

  private float[] shifts(Step step) {
    float[] shifts = new float[strips.channels()];
    if (bias.isPresent()) {
      for (int c = 0; c < step.slice(bias.getAsInt()).outputs(); c++) {
        shifts[c] = step.value(bias.getAsInt(), c);
      }
    }
    return shifts;
  }

  @Override
  void collect(float[] gradient, int length) {
    Affine.sum(gradient, sums, length);
  }

  @Override
  void fold() {
    strips.fold(sums, biasGradient);
  }

  @Override
  long propagationBytes(Tensor gradient) {
    return gradient.size() + back.size();
  }

  @Override
  void propagate(Step step, Tensor gradient) {
    strips.spread(layer.share(), share);
    strips.forEach(
        List.of(
            (offset, length) -> gradient.load(offset, x, length),
            (offset, length) -> Affine.scale(x, x, share, length),
            (offset, length) -> back.store(x, offset, length)),
        () -> {});
  }
}
