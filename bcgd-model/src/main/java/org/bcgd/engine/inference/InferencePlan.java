// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.folded.FoldedNetwork.Form;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Window;
import org.bcgd.engine.memory.Lifetimes;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Block;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.onednn.primitive.ConvolutionShape;
import org.bcgd.engine.onednn.primitive.ForwardConvolution.Requantization;
import org.bcgd.engine.onednn.primitive.ForwardPooling;
import org.bcgd.engine.onednn.primitive.Pooling;

/** A network compiled for some images at a time: its memory and its steps in order. */
final class InferencePlan implements AutoCloseable {

  private final Arena arena = new Arena();
  private final FoldedNetwork network;
  private final SharedWeights weights;
  private final int images;
  private final BooleanSupplier inVectors;
  private final Tensor[] values; // null where a convolution's sums never leave it
  private final List<InferenceStep> steps = new ArrayList<>();
  private final float[] image; // [H, W, C]
  private final float[] row; // logits in memory

  /**
   * @param keepsAll whether every value is to stay in memory until the next run, for it to be read
   * @param inVectors whether a run of a stage is to use vector loops
   */
  InferencePlan(
      FoldedNetwork network,
      SharedWeights weights,
      int images,
      boolean keepsAll,
      BooleanSupplier inVectors) {
    this.network = network;
    this.weights = weights;
    this.images = images;
    this.inVectors = inVectors;
    this.values = new Tensor[network.layers().size() + 1];
    this.image = new float[network.image().pixels() * weights.stored(0)];
    this.row = new float[weights.stored(network.layers().size())];
    place(keepsAll);
    for (int i = 0; i < network.layers().size(); i++) {
      compile(i);
    }
  }

  private void place(boolean keepsAll) {
    int count = values.length;
    Lifetimes lifetimes = new Lifetimes();
    long[] offsets = new long[count];
    for (int value = 0; value < count; value++) {
      if (sharesMemory(value)) {
        int death = keepsAll ? count : lastReader(value);
        offsets[value] = lifetimes.place(bytes(value), value, death);
      }
    }
    Block block = new Block(arena, lifetimes.size());
    for (int value = 0; value < count; value++) {
      if (sharesMemory(value)) {
        values[value] = tensor(value).place(block, offsets[value]);
      } else if (isShortcut(value)) {
        values[value] = tensor(value).place(new Block(arena, bytes(value)), 0);
      }
    }
  }

  private boolean sharesMemory(int value) {
    return !weights.isInside(value) && !isShortcut(value);
  }

  private boolean isShortcut(int value) {
    return value > 0 && network.layers().get(value - 1) instanceof FoldedLayer.Shortcut;
  }

  /** The value that the last reader writes. */
  private int lastReader(int value) {
    return network.readers(value).stream()
        .mapToInt(layer -> written(layer + 1))
        .max()
        .orElse(values.length);
  }

  /** The value that is written when {@code value} is computed: for sums kept inside, the codes. */
  private int written(int value) {
    return weights.isInside(value) ? network.readers(value).get(0) + 1 : value;
  }

  private Tensor tensor(int value) {
    Shape shape = network.shape(value);
    return Tensor.images(
        arena, weights.type(value), images, weights.stored(value), shape.height(), shape.width());
  }

  private long bytes(int value) {
    return (long) images
        * weights.stored(value)
        * network.shape(value).pixels()
        * weights.type(value).bytes();
  }

  private FoldedLayer.Linear linear(int value) {
    return (FoldedLayer.Linear) network.layers().get(value - 1);
  }

  private void compile(int index) {
    FoldedLayer layer = network.layers().get(index);
    if (layer instanceof FoldedLayer.Linear linear) {
      if (values[index + 1] != null) {
        compile(linear, values[index + 1], Optional.empty());
      }
    } else if (layer instanceof FoldedLayer.Stage stage) {
      compile(stage, index + 1);
    } else if (layer instanceof FoldedLayer.Pooling pooling) {
      compile(pooling, index + 1);
    } else if (layer instanceof FoldedLayer.Shortcut shortcut) {
      steps.add(
          new ShortcutStep(
              values[shortcut.input()],
              network.shape(shortcut.input()),
              values[index + 1],
              shortcut.output(),
              images));
    }
  }

  private void compile(
      FoldedLayer.Linear layer, Tensor output, Optional<Requantization> requantization) {
    Tensor input = values[layer.input()];
    ConvolutionShape extents =
        extents(layer.input(), layer.window(), layer.output(), layer.output().paddedChannels());
    steps.add(weights.convolution(arena, layer, extents, requantization, input, output)::execute);
  }

  private void compile(FoldedLayer.Stage stage, int value) {
    int first = stage.terms().get(0).input();
    if (values[first] == null) {
      compile(linear(first), values[value], weights.requantization(linear(first), stage));
      return;
    }
    List<Tensor> inputs = stage.inputs().stream().map(input -> values[input]).toList();
    int stored = weights.stored(value);
    int total = Math.multiplyExact(images * stored, stage.output().pixels());
    steps.add(new StageStep(stage, inputs, values[value], stored, total, inVectors));
  }

  private void compile(FoldedLayer.Pooling layer, int value) {
    ConvolutionShape extents =
        extents(layer.input(), layer.window(), layer.output(), weights.stored(value));
    steps.add(
        new ForwardPooling(arena, extents, Pooling.Kind.valueOf(layer.kind().name()))
                .of(values[layer.input()], values[value])
            ::execute);
  }

  private ConvolutionShape extents(int input, Window window, Shape out, int outputs) {
    return ConvolutionShape.of(
        images, network.shape(input), weights.stored(input), window, out, outputs);
  }

  /**
   * Writes the logits of images first..first+count−1.
   *
   * @param pixels [N, C, H, W]
   * @param count at most the plan's images
   * @param logits [N, classes]
   */
  void run(float[] pixels, int first, int count, float[] logits) {
    for (int n = 0; n < count; n++) {
      load(pixels, first + n, n);
    }
    steps.forEach(InferenceStep::run);
    for (int n = 0; n < count; n++) {
      store(n, logits, (first + n) * network.classes());
    }
  }

  /** From [C, H, W] to [H, W, C]. */
  private void load(float[] pixels, int from, int to) {
    int channels = network.image().channels();
    int area = network.image().pixels();
    int stored = weights.stored(0);
    int start = from * channels * area;
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < area; p++) {
        image[p * stored + c] = pixels[start + c * area + p];
      }
    }
    values[0].store(image, to * image.length, image.length);
  }

  private void store(int index, float[] logits, int at) {
    values[values.length - 1].load(index * row.length, row, row.length);
    for (int k = 0; k < network.classes(); k++) {
      logits[at + k] = network.logits().apply(row[k], k);
    }
  }

  /** The codes of a value in the last run, [images, H, W, channels], or null if it has none. */
  byte[] codes(int value) {
    if (network.form(value) != Form.CODES || values[value] == null) {
      return null;
    }
    Shape shape = network.shape(value);
    int stored = weights.stored(value);
    byte[] codes = new byte[images * shape.pixels() * shape.channels()];
    IntStream.range(0, images * shape.pixels())
        .forEach(
            p ->
                values[value]
                    .bytes()
                    .get(p * stored, codes, p * shape.channels(), shape.channels()));
    return codes;
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
