// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.folded;

import java.util.List;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Window;
import org.bcgd.quantization.ActivationQuantizer;

/** A step of a folded network. Inputs are numbers of values: 0 is the image, i + 1 is layer i. */
public sealed interface FoldedLayer {

  /** What messages and reports call it. */
  String name();

  /** The values that it reads. */
  List<Integer> inputs();

  /** The shape of its value. */
  Shape output();

  /** Sums of products with the weights; a dense layer's window is the whole image. */
  record Linear(String name, int input, Window window, FoldedWeights weights, Shape output)
      implements FoldedLayer {

    @Override
    public List<Integer> inputs() {
      return List.of(input);
    }
  }

  /** activation(Σ terms), where terms are added in their order. */
  record Stage(String name, List<Term> terms, Activation activation, Shape output)
      implements FoldedLayer {

    public Stage {
      terms = List.copyOf(terms);
    }

    @Override
    public List<Integer> inputs() {
      return terms.stream().map(Term::input).toList();
    }
  }

  /** The largest or the mean value of each window. */
  record Pooling(String name, int input, Node.Pooling.Kind kind, Window window, Shape output)
      implements FoldedLayer {

    @Override
    public List<Integer> inputs() {
      return List.of(input);
    }
  }

  /** Every second pixel, with channels of zeros around the input's. */
  record Shortcut(String name, int input, Shape output) implements FoldedLayer {

    @Override
    public List<Integer> inputs() {
      return List.of(input);
    }
  }

  /** One summand of a stage. */
  record Term(int input, ChannelAffine affine) {}

  /** The non-linearity of a stage. */
  sealed interface Activation {}

  /** y = x. */
  record Identity() implements Activation {}

  /** y = max(x, 0). */
  record Rectifier() implements Activation {}

  /** The codes of σ(x, α). */
  record Staircase(ActivationQuantizer quantizer, float resolution) implements Activation {}
}
