// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.stage;

import java.util.Arrays;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.step.Step;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.Rounding;
import org.bcgd.vector.Staircases;

/** The non-linearity of a stage on strips of one thread. */
public interface StageActivation {

  /** Reads what the step says and starts sums over. */
  default void prepare(Step step) {}

  /** y = f(x), as codes if the stage gives codes. */
  void apply(float[] x, float[] y, int length);

  /** g = g · f′(x), in place. */
  void differentiate(float[] g, float[] x, int length);

  /** Ends a run of strips. */
  default void fold() {}

  /** y = x. */
  final class Identity implements StageActivation {

    @Override
    public void apply(float[] x, float[] y, int length) {
      System.arraycopy(x, 0, y, 0, length);
    }

    @Override
    public void differentiate(float[] g, float[] x, int length) {}
  }

  /** y = max(x, 0). */
  final class Rectifier implements StageActivation {

    @Override
    public void apply(float[] x, float[] y, int length) {
      Staircases.rectify(x, y, length);
    }

    @Override
    public void differentiate(float[] g, float[] x, int length) {
      Staircases.keepInside(g, x, Float.POSITIVE_INFINITY, length);
    }
  }

  /** Codes of the staircase, and the sum that is ∂ℓ/∂α. */
  final class Staircase implements StageActivation {

    private final Node.Staircase node;
    private final double[] resolutionGradient; // [1], this thread's part
    private final float levels;
    private final float[] sums; // a strip
    private final float[] codes; // a strip
    private float resolution;
    private float top; // L · α

    public Staircase(Node.Staircase node, double[] resolutionGradient, int stripLength) {
      this.node = node;
      this.resolutionGradient = resolutionGradient;
      this.levels = node.quantizer().levels();
      this.sums = new float[stripLength];
      this.codes = new float[stripLength];
    }

    @Override
    public void prepare(Step step) {
      resolution = step.value(node.resolution(), 0);
      top = node.quantizer().levels() * resolution;
      resolutionGradient[0] = 0;
    }

    @Override
    public void apply(float[] x, float[] y, int length) {
      if (node.quantizer().rounding() == Rounding.UP) {
        Staircases.codesUp(x, y, resolution, levels, length);
      } else {
        Staircases.codesNearest(x, y, resolution, levels, length);
      }
    }

    @Override
    public void differentiate(float[] g, float[] x, int length) {
      addResolutionGradient(g, x, length);
      if (node.derivative() == CoarseDerivative.CLIPPED_RELU) {
        Staircases.keepInside(g, x, top, length);
      } else if (node.derivative() == CoarseDerivative.RELU) {
        Staircases.keepInside(g, x, Float.POSITIVE_INFINITY, length);
      }
    }

    private void addResolutionGradient(float[] g, float[] x, int length) {
      switch (node.resolutionDerivative()) {
        case EXACT -> {
          apply(x, codes, length);
          Staircases.addProducts(sums, g, codes, length);
        }
        case TWO_VALUED -> Staircases.addSteps(sums, g, x, top, 0, levels, length);
        case THREE_VALUED -> Staircases.addSteps(sums, g, x, top, (levels + 1) / 2, levels, length);
        case LEARNED_STEP -> {
          apply(x, codes, length);
          Staircases.addRoundings(sums, g, x, codes, resolution, top, length);
        }
      }
    }

    @Override
    public void fold() {
      for (float sum : sums) {
        resolutionGradient[0] += sum;
      }
      Arrays.fill(sums, 0);
    }
  }
}
