// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.folded;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Shape;
import org.bcgd.quantization.QuantizedTensor;

/**
 * A network for inference.
 *
 * @param image the shape of value 0
 * @param layers in the order of execution; the last one is linear
 * @param logits what turns the last layer's sums into logits
 */
public record FoldedNetwork(Shape image, List<FoldedLayer> layers, ChannelAffine logits) {

  /** How the numbers of a value stand for what the network computes. */
  public enum Form {
    /** The image, its channels as they are. */
    IMAGE,
    /** Sums of a linear layer, without scale and bias. */
    SUMS,
    /** Codes of a staircase. */
    CODES,
    /** The numbers themselves. */
    FLOATS
  }

  public FoldedNetwork {
    layers = List.copyOf(layers);
    Soundness.require(image, layers, logits);
  }

  /** Number of classes. */
  public int classes() {
    return shape(layers.size()).channels();
  }

  /** The shape of a value. */
  public Shape shape(int value) {
    return value == 0 ? image : layers.get(value - 1).output();
  }

  /** The form of a value. */
  public Form form(int value) {
    if (value == 0) {
      return layers.stream()
              .filter(layer -> layer.inputs().contains(0))
              .allMatch(FoldedLayer.Linear.class::isInstance)
          ? Form.IMAGE
          : Form.FLOATS;
    }
    FoldedLayer layer = layers.get(value - 1);
    if (layer instanceof FoldedLayer.Stage stage) {
      return stage.activation() instanceof FoldedLayer.Staircase ? Form.CODES : Form.FLOATS;
    }
    return layer instanceof FoldedLayer.Linear ? Form.SUMS : form(layer.inputs().get(0));
  }

  /** The largest code of a value whose form is codes. */
  public int largestCode(int value) {
    FoldedLayer layer = layers.get(value - 1);
    return layer instanceof FoldedLayer.Stage stage
        ? ((FoldedLayer.Staircase) stage.activation()).quantizer().levels()
        : largestCode(layer.inputs().get(0));
  }

  /** Bytes that the weights of all layers take on the heap. */
  public long heapBytes() {
    return layers.stream()
        .filter(FoldedLayer.Linear.class::isInstance)
        .mapToLong(layer -> ((FoldedLayer.Linear) layer).weights().heapBytes())
        .sum();
  }

  /** Whether a layer multiplies levels with codes, so that its sums are whole numbers. */
  public boolean isInteger(FoldedLayer.Linear layer) {
    return layer.weights() instanceof FoldedWeights.Levels && form(layer.input()) == Form.CODES;
  }

  /** The largest magnitude that the sums of an integer layer can have, for each output channel. */
  public int[] reach(FoldedLayer.Linear layer) {
    QuantizedTensor tensor = ((FoldedWeights.Levels) layer.weights()).tensor();
    int[] reach = new int[layer.output().channels()];
    byte[] row = new byte[tensor.length() / reach.length];
    int top = largestCode(layer.input());
    for (int k = 0; k < reach.length; k++) {
      reach[k] = Math.multiplyExact(top, magnitude(tensor, k * row.length, row));
    }
    return reach;
  }

  /** The sum of the magnitudes of a row of levels. */
  private static int magnitude(QuantizedTensor tensor, int first, byte[] row) {
    if (tensor.bits() == 1) {
      return row.length;
    }
    tensor.levelsTo(row, first, row.length);
    int sum = 0;
    for (byte level : row) {
      sum += Math.abs(level);
    }
    return sum;
  }

  /**
   * The stage that turns an integer layer's sums into codes: if it alone reads them and adds
   * nothing to them.
   *
   * @param value the number of the sums
   */
  public Optional<FoldedLayer.Stage> onlyStaircase(int value) {
    List<Integer> readers = readers(value);
    boolean isInteger =
        value > 0
            && layers.get(value - 1) instanceof FoldedLayer.Linear layer
            && isInteger(layer)
            && readers.size() == 1;
    if (isInteger
        && layers.get(readers.get(0)) instanceof FoldedLayer.Stage stage
        && stage.terms().size() == 1
        && stage.activation() instanceof FoldedLayer.Staircase) {
      return Optional.of(stage);
    }
    return Optional.empty();
  }

  /** Whether the mean of windows is taken of a value; codes have none. */
  static boolean isMean(Node.Pooling.Kind kind) {
    return kind != Node.Pooling.Kind.MAXIMUM;
  }

  /** The numbers of the layers that read a value. */
  public List<Integer> readers(int value) {
    return IntStream.range(0, layers.size())
        .filter(i -> layers.get(i).inputs().contains(value))
        .boxed()
        .toList();
  }
}
