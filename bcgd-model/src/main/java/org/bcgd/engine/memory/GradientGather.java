// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

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

  /** g = the gradient at a strip. */
  public void into(float[] g, int offset, int length) {
    for (int i = 0; i < gradients.size(); i++) {
      float factor = (float) gradients.get(i).factor().getAsDouble();
      gradients.get(i).tensor().load(offset, part, length);
      if (i == 0) {
        Affine.set(g, part, factor, length);
      } else {
        Affine.add(g, part, factor, length);
      }
    }
  }

  /** Fills a whole tensor with the gradient. */
  public void into(Tensor target, Strips strips) {
    float[] g = new float[strips.length()];
    strips.forEach(
        (offset, length) -> {
          into(g, offset, length);
          target.store(g, offset, length);
        },
        () -> {});
  }
}
