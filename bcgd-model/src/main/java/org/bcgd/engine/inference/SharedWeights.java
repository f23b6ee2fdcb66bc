// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.folded.FoldedWeights;
import org.bcgd.engine.folded.Requantizing;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Window;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Block;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.onednn.primitive.ConvolutionShape;
import org.bcgd.engine.onednn.primitive.FixedKernels;
import org.bcgd.engine.onednn.primitive.ForwardConvolution;
import org.bcgd.engine.onednn.primitive.LevelKernels;
import org.bcgd.engine.onednn.primitive.Primitive;
import org.bcgd.engine.onednn.primitive.RealKernels;

/** The weights of a network in native memory, which its plans share. */
final class SharedWeights implements AutoCloseable {

  private final Arena arena = new Arena();
  private final FoldedNetwork network;
  private Block block; // null until it is needed
  private final Map<FoldedLayer.Linear, FixedKernels> kernels = new HashMap<>();
  private final Map<FoldedLayer.Linear, Optional<ForwardConvolution.Requantization>> codes =
      new HashMap<>();

  SharedWeights(FoldedNetwork network) {
    this.network = network;
  }

  /** For the weights of all layers; taken when the first are laid out. */
  private Block block() {
    if (block == null) {
      block =
          new Block(
              arena,
              network.layers().stream()
                  .filter(FoldedLayer.Linear.class::isInstance)
                  .mapToLong(layer -> Block.lines(bytes((FoldedLayer.Linear) layer)))
                  .sum());
    }
    return block;
  }

  private long bytes(FoldedLayer.Linear layer) {
    long kernels = (long) layer.output().paddedChannels() * rowLength(layer);
    return network.isInteger(layer) ? kernels : Float.BYTES * kernels;
  }

  /** Weights of an output in memory. */
  private int rowLength(FoldedLayer.Linear layer) {
    Window.Pair kernel = layer.window().kernel();
    return stored(layer.input()) * kernel.height() * kernel.width();
  }

  /** Channels in memory of a value: whole blocks of 16, but for an image. */
  int stored(int value) {
    Shape shape = network.shape(value);
    return network.form(value) == FoldedNetwork.Form.IMAGE
        ? shape.channels()
        : shape.paddedChannels();
  }

  /** What a value's numbers are in memory. */
  ElementType type(int value) {
    FoldedNetwork.Form form = network.form(value);
    if (form == FoldedNetwork.Form.SUMS) {
      return network.isInteger(linear(value)) ? ElementType.INT32 : ElementType.FLOAT32;
    }
    return form == FoldedNetwork.Form.CODES ? ElementType.UINT8 : ElementType.FLOAT32;
  }

  /** Whether the sums of a layer become codes within its convolution. */
  boolean isInside(int value) {
    return network
        .onlyStaircase(value)
        .flatMap(stage -> requantization(linear(value), stage))
        .isPresent();
  }

  private FoldedLayer.Linear linear(int value) {
    return (FoldedLayer.Linear) network.layers().get(value - 1);
  }

  /** A convolution: of codes with levels where the layer is integer, else in float32. */
  synchronized Primitive convolution(
      Arena plan,
      FoldedLayer.Linear layer,
      ConvolutionShape extents,
      Optional<ForwardConvolution.Requantization> requantization,
      Tensor x,
      Tensor y) {
    FixedKernels weights = kernels.computeIfAbsent(layer, this::kernels);
    return new ForwardConvolution(plan, extents, requantization).of(x, weights, y);
  }

  /** How the sums of a layer become codes within its convolution, if they can. */
  synchronized Optional<ForwardConvolution.Requantization> requantization(
      FoldedLayer.Linear layer, FoldedLayer.Stage stage) {
    return codes.computeIfAbsent(
        layer,
        l ->
            Requantizing.find(
                    stage.terms().get(0).affine(),
                    (FoldedLayer.Staircase) stage.activation(),
                    network.reach(l),
                    0)
                .map(found -> stored(found, l.output().paddedChannels())));
  }

  /** Added channels have the code 0. */
  private static ForwardConvolution.Requantization stored(
      Requantizing.Coefficients found, int channels) {
    return new ForwardConvolution.Requantization(
        Arrays.copyOf(found.shift(), channels),
        Arrays.copyOf(found.scale(), channels),
        found.top());
  }

  private FixedKernels kernels(FoldedLayer.Linear layer) {
    Window.Pair kernel = layer.window().kernel();
    int outputs = layer.output().paddedChannels();
    int inputs = stored(layer.input());
    return network.isInteger(layer)
        ? new LevelKernels(
            arena, block(), k -> levels(layer, k), outputs, inputs, kernel.height(), kernel.width())
        : new RealKernels(
            arena,
            block(),
            k -> floats(layer, k),
            outputs,
            inputs,
            kernel.height(),
            kernel.width());
  }

  /** The levels of an output as they lie in memory, with zeros for added inputs and outputs. */
  private byte[] levels(FoldedLayer.Linear layer, int output) {
    byte[] row = new byte[rowLength(layer)];
    if (output < layer.output().channels()) {
      int count = layer.weights().length() / layer.output().channels();
      ((FoldedWeights.Levels) layer.weights()).tensor().levelsTo(row, output * count, count);
    }
    return row;
  }

  /** The same as floats. */
  private float[] floats(FoldedLayer.Linear layer, int output) {
    float[] row = new float[rowLength(layer)];
    if (output < layer.output().channels()) {
      int count = layer.weights().length() / layer.output().channels();
      if (layer.weights() instanceof FoldedWeights.Floats floats) {
        System.arraycopy(floats.values(), output * count, row, 0, count);
      } else {
        byte[] levels = new byte[count];
        ((FoldedWeights.Levels) layer.weights()).tensor().levelsTo(levels, output * count, count);
        for (int i = 0; i < count; i++) {
          row[i] = levels[i];
        }
      }
    }
    return row;
  }

  /** Native memory, in bytes. */
  long bytes() {
    return arena.bytes();
  }

  @Override
  public void close() {
    arena.close();
  }
}
