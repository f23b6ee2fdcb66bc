// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.graph;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;

/** A step of the execution. Parameters are named by the index of their slice in the layout. */
public sealed interface Node {

  List<Value> inputs();

  Value output();

  /**
   * Sums of products with the weights; a dense layer is a convolution whose window is the image.
   *
   * @param weights index of the slice
   */
  record Convolution(Value input, Window window, int weights, Value output) implements Node {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }

  /**
   * All element-wise work between two convolutions, in one piece.
   *
   * <pre>
   *   y = activation(Σ terms)
   * </pre>
   */
  record Stage(List<Term> terms, Activation activation, Value output) implements Node {

    public Stage {
      terms = List.copyOf(terms);
    }

    @Override
    public List<Value> inputs() {
      return terms.stream().map(Term::input).toList();
    }
  }

  /** The largest or the mean value of each window. */
  record Pooling(Value input, Kind kind, Window window, Value output) implements Node {

    /** What is taken from a window. */
    public enum Kind {
      MAXIMUM,
      /** Pixels of padding count as zeros. */
      MEAN_WITH_PADDING,
      /** Pixels of padding do not count. */
      MEAN
    }

    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }

  /** Every second pixel, with channels of zeros around the input's. */
  record Shortcut(Value input, Value output) implements Node {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }

  /**
   * One summand of a stage: a value, scaled and shifted by channel.
   *
   * @param producer the convolution that the input comes from, which has a scale and maybe a bias
   */
  record Term(Value input, Optional<Linear> producer, Optional<Norm> norm) {}

  /** The parameters of a convolution that its sums still miss. */
  record Linear(int weights, OptionalInt bias) {}

  /**
   * A batch normalisation.
   *
   * @param scale γ, or its fixed value if there is no such slice
   * @param shift β, or its fixed value if there is no such slice
   */
  record Norm(
      double epsilon,
      OptionalInt scale,
      OptionalInt shift,
      double fixedScale,
      double fixedShift,
      int mean,
      int variance) {}

  /** The non-linearity of a stage. */
  sealed interface Activation {}

  /** y = x. */
  record Identity() implements Activation {}

  /** y = max(x, 0). */
  record Rectifier() implements Activation {}

  /** The staircase σ(x, α). */
  record Staircase(
      ActivationQuantizer quantizer,
      CoarseDerivative derivative,
      ResolutionDerivative resolutionDerivative,
      int resolution)
      implements Activation {}
}
