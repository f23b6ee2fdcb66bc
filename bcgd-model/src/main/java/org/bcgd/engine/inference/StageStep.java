// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bcgd.engine.folded.ChannelAffine;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.onednn.Tensor;

/**
 * A stage, strip by strip: the operations of the training engine's evaluation, in its order and in
 * its precision, so that the codes are the same.
 *
 * <p>Vector loops that Java has not compiled yet are a hundred times slower than those that it has,
 * and leave an object for each vector. Until they are compiled, plain loops give the same bits.
 */
final class StageStep implements InferenceStep {

  private static final int STRIP = 512;
  private static final StripLoops VECTORS = new VectorStrips();

  /** A summand with its coefficients laid out over a strip. */
  private record Term(Tensor input, float[] centre, float[] scale, float[] shift) {}

  private final List<Term> terms;
  private final FoldedLayer.Activation activation;
  private final Tensor output;
  private final BooleanSupplier inVectors;
  private final int length; // of a strip
  private final int total; // elements
  private final float[] x; // a strip
  private final float[] z; // a strip
  private final StripLoops plain;

  /**
   * @param inputs of the terms, in their order
   * @param stored channels in memory
   * @param total elements of the output
   * @param inVectors whether a run is to use vector loops
   */
  StageStep(
      FoldedLayer.Stage stage,
      List<Tensor> inputs,
      Tensor output,
      int stored,
      int total,
      BooleanSupplier inVectors) {
    this.activation = stage.activation();
    this.output = output;
    this.inVectors = inVectors;
    this.length = stored * Math.max(1, STRIP / stored);
    this.total = total;
    this.x = new float[length];
    this.z = new float[length];
    this.plain = new PlainStrips(length);
    this.terms =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> term(inputs.get(i), stage.terms().get(i).affine(), stage, stored))
            .toList();
  }

  private Term term(Tensor input, ChannelAffine affine, FoldedLayer.Stage stage, int stored) {
    int channels = stage.output().channels();
    return new Term(
        input,
        spread(affine.centre(), channels, stored),
        spread(affine.scale(), channels, stored),
        spread(affine.shift(), channels, stored));
  }

  /** Values by channel over a strip, zeros in added channels. */
  private float[] spread(float[] byChannel, int channels, int stored) {
    float[] strip = new float[length];
    for (int i = 0; i < length; i += stored) {
      if (byChannel.length == 1) {
        Arrays.fill(strip, i, i + channels, byChannel[0]);
      } else {
        System.arraycopy(byChannel, 0, strip, i, channels);
      }
    }
    return strip;
  }

  @Override
  public void run() {
    StripLoops loops = inVectors.getAsBoolean() ? VECTORS : plain;
    for (int offset = 0; offset < total; offset += length) {
      int count = Math.min(length, total - offset);
      sum(loops, offset, count);
      activate(loops, count);
      loops.store(z, output, offset, count);
    }
  }

  private void sum(StripLoops loops, int offset, int count) {
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      loops.load(term.input(), offset, x, count);
      if (i == 0) {
        loops.set(z, x, term.centre(), term.scale(), term.shift(), count);
      } else {
        loops.add(z, x, term.centre(), term.scale(), term.shift(), count);
      }
    }
  }

  private void activate(StripLoops loops, int count) {
    if (activation instanceof FoldedLayer.Staircase staircase) {
      loops.codes(z, staircase.quantizer(), staircase.resolution(), count);
    } else if (activation instanceof FoldedLayer.Rectifier) {
      loops.rectify(z, count);
    }
  }
}
