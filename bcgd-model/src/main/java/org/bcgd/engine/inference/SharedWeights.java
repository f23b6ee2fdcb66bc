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
import org.bcgd.engine.onednn.Convolution;
import org.bcgd.engine.onednn.ConvolutionShape;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.IntegerConvolution;
import org.bcgd.engine.onednn.Kernels;
import org.bcgd.engine.onednn.LevelKernels;
import org.bcgd.engine.onednn.Primitive;
import org.bcgd.engine.onednn.Tensor;

/** The weights of a network in native memory, which its plans share. */
final class SharedWeights implements AutoCloseable {

  private final Arena arena = new Arena();
  private final FoldedNetwork network;
  private final Map<FoldedLayer.Linear, LevelKernels> levels = new HashMap<>();
  private final Map<FoldedLayer.Linear, Kernels> floats = new HashMap<>();
  private final Map<FoldedLayer.Linear, Optional<IntegerConvolution.Requantization>> codes =
      new HashMap<>();

  SharedWeights(FoldedNetwork network) {
    this.network = network;
  }

  /** Channels in memory of a value: whole blocks of 16, but for an image. */
  int stored(int value) {
    Shape shape = network.shape(value);
    return network.form(value) == FoldedNetwork.Form.IMAGE
        ? shape.channels()
        : shape.paddedChannels();
  }

  /** A convolution of codes with levels. */
  synchronized Primitive integer(
      Arena plan,
      FoldedLayer.Linear layer,
      ConvolutionShape extents,
      Optional<IntegerConvolution.Requantization> requantization,
      Tensor x,
      Tensor y) {
    LevelKernels kernels = levels.computeIfAbsent(layer, this::levelKernels);
    return new IntegerConvolution(plan, extents, requantization).of(x, kernels, y);
  }

  /** A convolution in float32. */
  synchronized Primitive real(
      Arena plan, FoldedLayer.Linear layer, ConvolutionShape extents, Tensor x, Tensor y) {
    Kernels kernels = floats.computeIfAbsent(layer, this::floatKernels);
    Primitive primitive =
        new Convolution(plan, extents, ElementType.FLOAT32).forward(x, kernels, y);
    kernels.place();
    kernels.pack();
    return primitive;
  }

  /** How the sums of a layer become codes within its convolution, if they can. */
  synchronized Optional<IntegerConvolution.Requantization> requantization(
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
  private static IntegerConvolution.Requantization stored(
      Requantizing.Coefficients found, int channels) {
    return new IntegerConvolution.Requantization(
        Arrays.copyOf(found.shift(), channels),
        Arrays.copyOf(found.scale(), channels),
        found.top());
  }

  private LevelKernels levelKernels(FoldedLayer.Linear layer) {
    Window.Pair kernel = layer.window().kernel();
    byte[] given = ((FoldedWeights.Levels) layer.weights()).tensor().levels();
    int inputs = network.shape(layer.input()).channels();
    int stored = stored(layer.input());
    int outputs = layer.output().paddedChannels();
    int area = kernel.height() * kernel.width();
    byte[] padded = given;
    if (stored != inputs || outputs != layer.output().channels()) {
      padded = new byte[outputs * stored * area];
      for (int k = 0; k < layer.output().channels(); k++) {
        System.arraycopy(given, k * inputs * area, padded, k * stored * area, inputs * area);
      }
    }
    return new LevelKernels(arena, padded, outputs, stored, kernel.height(), kernel.width());
  }

  private Kernels floatKernels(FoldedLayer.Linear layer) {
    Window.Pair kernel = layer.window().kernel();
    int area = kernel.height() * kernel.width();
    int row = network.shape(layer.input()).channels() * area;
    int stored = stored(layer.input());
    Kernels kernels =
        Kernels.placed(
            arena, layer.output().paddedChannels(), stored, kernel.height(), kernel.width());
    float[] weights = new float[row];
    for (int k = 0; k < layer.output().channels(); k++) {
      for (int i = 0; i < row; i++) {
        weights[i] = weight(layer.weights(), k * row + i);
      }
      kernels.plain().store(weights, k * stored * area, row);
    }
    return kernels;
  }

  private static float weight(FoldedWeights weights, int i) {
    return weights instanceof FoldedWeights.Levels levels
        ? levels.tensor().levels()[i]
        : ((FoldedWeights.Floats) weights).values()[i];
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
