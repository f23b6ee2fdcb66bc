// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.stage;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.step.Step;
import org.bcgd.vector.Affine;

/**
 * A summand of a stage, for the images of one thread.
 *
 * <pre>
 *   term = scale[c] · (x − centre[c]) + shift[c]
 * </pre>
 */
public abstract class StageTerm {

  /**
   * What a term reads.
   *
   * @param forward in the forward pass
   * @param back in the backward pass: the same, or a smaller copy that holds it exactly
   * @param copies whether the term makes that copy in the forward pass
   */
  public record Input(Tensor forward, Tensor back, boolean copies) {

    /** Bytes that the forward pass reads and writes. */
    long forwardBytes() {
      return forward.size() + (copies ? back.size() : 0);
    }
  }

  final Input input;
  final Strips strips;
  final float[] x; // a strip of the input
  final float[] centre; // a strip
  private final float[] scale; // a strip
  private final float[] shift; // a strip

  StageTerm(Input input, Strips strips) {
    this.input = input;
    this.strips = strips;
    this.x = new float[strips.length()];
    this.centre = new float[strips.length()];
    this.scale = new float[strips.length()];
    this.shift = new float[strips.length()];
  }

  /** Whether the threads must meet before the term can be computed, and before it goes back. */
  boolean needsMeeting() {
    return false;
  }

  /** Bytes that {@link #propagate} reads and writes. */
  long propagationBytes(Tensor gradient) {
    return 0;
  }

  /** Tells the other threads what they need to know of these images. */
  void measure(Step step) {}

  /** Sets the coefficients, once all threads have measured. */
  abstract void prepare(Step step);

  /** Lays out the coefficients, which are given by channel. */
  void spread(float[] centres, float[] scales, float[] shifts) {
    strips.spread(centres, centre);
    strips.spread(scales, scale);
    strips.spread(shifts, shift);
  }

  /** What adds the term to a strip in the forward pass; the first term sets it. */
  final List<Strips.Visitor> forwards(float[] z, boolean first) {
    List<Strips.Visitor> visitors = new ArrayList<>();
    visitors.add((offset, length) -> input.forward().load(offset, x, length));
    if (input.copies()) {
      visitors.add((offset, length) -> input.back().store(x, offset, length));
    }
    visitors.add((offset, length) -> add(z, first, length));
    return visitors;
  }

  /** The same in the backward pass. */
  final List<Strips.Visitor> again(float[] z, boolean first) {
    return List.of(
        (offset, length) -> input.back().load(offset, x, length),
        (offset, length) -> add(z, first, length));
  }

  private void add(float[] z, boolean first, int length) {
    if (first) {
      Affine.set(z, x, centre, scale, shift, length);
    } else {
      Affine.add(z, x, centre, scale, shift, length);
    }
  }

  /** Takes ∂ℓ/∂term of a strip whose {@code x} is still there. */
  void collect(float[] gradient, int length) {}

  /** Ends a run of strips. */
  void fold() {}

  /** Sends the stage's gradient on to where the input comes from, once all threads have met. */
  void propagate(Step step, Tensor gradient) {}
}
