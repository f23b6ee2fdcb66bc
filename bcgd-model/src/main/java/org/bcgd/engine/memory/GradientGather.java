// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.vector.Affine;

/** Adds up what the consumers of a value say of its gradient, for the images of one thread. */
public final class GradientGather {

  private final List<Gradient> gradients;
  private final float[] part; // a strip

  public GradientGather(List<Gradient> gradients, Strips strips) {
    this.gradients = gradients;
    this.part = new float[strips.length()];
  }

  /** What sets g to the gradient at a strip, once all consumers have been compiled. */
  public List<Strips.Visitor> into(float[] g) {
    List<Strips.Visitor> visitors = new ArrayList<>();
    for (Gradient gradient : gradients) {
      boolean first = visitors.isEmpty();
      visitors.add((offset, length) -> gradient.tensor().load(offset, part, length));
      visitors.add((offset, length) -> add(g, first, gradient, length));
    }
    return visitors;
  }

  private void add(float[] g, boolean first, Gradient gradient, int length) {
    float factor = (float) gradient.factor().getAsDouble();
    if (first) {
      Affine.set(g, part, factor, length);
    } else {
      Affine.add(g, part, factor, length);
    }
  }

  /** What fills a whole tensor with the gradient, once all consumers have been compiled. */
  public Runnable into(Tensor target, Strips strips) {
    float[] g = new float[strips.length()];
    List<Strips.Visitor> visitors = new ArrayList<>(into(g));
    visitors.add((offset, length) -> target.store(g, offset, length));
    return () -> strips.forEach(visitors, () -> {});
  }
}
