// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.linear;

import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.Task;

/** Codes from the bytes that they are kept in, into what a convolution multiplies. */
public final class Widening {

  private final Tensor kept;
  private final Tensor codes;
  private final Strips strips;
  private final float[] strip;

  public Widening(Tensor kept, Tensor codes, Strips strips) {
    this.kept = kept;
    this.codes = codes;
    this.strips = strips;
    this.strip = new float[strips.length()];
  }

  Task task() {
    return new Task(Phase.WIDENING, kept.size() + codes.size(), step -> widen());
  }

  private void widen() {
    strips.forEach((offset, length) -> codes.widen(kept, offset, length, strip), () -> {});
  }
}
