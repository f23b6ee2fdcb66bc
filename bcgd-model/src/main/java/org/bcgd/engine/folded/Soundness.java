// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.folded;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Window;

/** What must hold of a folded network before anything is computed with it. */
final class Soundness {

  private static final long LARGEST_NETWORK = 1 << 27; // elements of all values of one image
  private static final int LARGEST_WINDOW = 1 << 14; // pixels along one side, and of its steps

  private final List<Shape> shapes = new ArrayList<>();
  private final List<Boolean> codes = new ArrayList<>();
  private final List<Boolean> sums = new ArrayList<>();
  private long elements;

  private Soundness() {}

  /**
   * @throws IllegalArgumentException if shapes, windows, weights and inputs do not fit each other
   */
  static void require(Shape image, List<FoldedLayer> layers, ChannelAffine logits) {
    Soundness walk = new Soundness();
    walk.add("image", image, false, false);
    for (FoldedLayer layer : layers) {
      for (int input : layer.inputs()) {
        check(input >= 0 && input < walk.shapes.size(), layer.name(), "reads value " + input);
      }
      walk.visit(layer);
    }
    check(
        !layers.isEmpty() && layers.get(layers.size() - 1) instanceof FoldedLayer.Linear,
        "the last layer",
        "is not linear");
    FoldedLayer last = layers.get(layers.size() - 1);
    check(last.output().pixels() == 1, last.name(), "gives no vector of logits");
    checkAffine(last.name(), logits, last.output().channels());
  }

  private void add(String name, Shape shape, boolean isCodes, boolean isSums) {
    boolean sound = shape.channels() > 0 && shape.height() > 0 && shape.width() > 0;
    check(sound, name, "has the shape " + shape);
    // All three are below 2³¹, so their product is looked at in two steps.
    long area = (long) shape.height() * shape.width();
    check(area <= LARGEST_NETWORK, name, "has the shape " + shape);
    elements += (shape.channels() + 15L) * area;
    check(elements <= LARGEST_NETWORK, name, "makes the network too large for one machine");
    shapes.add(shape);
    codes.add(isCodes);
    sums.add(isSums);
  }

  private void visit(FoldedLayer layer) {
    if (layer instanceof FoldedLayer.Linear linear) {
      visit(linear);
    } else if (layer instanceof FoldedLayer.Stage stage) {
      visit(stage);
    } else if (layer instanceof FoldedLayer.Pooling pooling) {
      visit(pooling);
    } else if (layer instanceof FoldedLayer.Shortcut shortcut) {
      visit(shortcut);
    }
  }

  private void visit(FoldedLayer.Linear layer) {
    add(layer.name(), layer.output(), false, true);
    Shape in = shapes.get(layer.input());
    check(!sums.get(layer.input()), layer.name(), "multiplies sums");
    checkWindow(layer.name(), layer.window(), in, layer.output());
    Window.Pair kernel = layer.window().kernel();
    // Windows were found to be small: at most 2²⁷ · 2²⁸ before the outputs enter.
    double weights =
        (double) in.channels() * kernel.height() * kernel.width() * layer.output().channels();
    check(
        weights == layer.weights().length(),
        layer.name(),
        "has " + layer.weights().length() + " weights, which is not what its shape takes");
    if (layer.weights() instanceof FoldedWeights.Levels levels) {
      int scales = levels.tensor().scales().length;
      check(
          scales == 1 || scales == layer.output().channels(),
          layer.name(),
          "has " + scales + " scales");
      check(levels.bits() <= Byte.SIZE, layer.name(), "has weights of " + levels.bits() + " bits");
    } else {
      check(!codes.get(layer.input()), layer.name(), "multiplies codes with real weights");
      checkFinite(layer.name(), ((FoldedWeights.Floats) layer.weights()).values());
    }
  }

  private void visit(FoldedLayer.Stage layer) {
    boolean isCodes = layer.activation() instanceof FoldedLayer.Staircase;
    add(layer.name(), layer.output(), isCodes, false);
    check(!layer.terms().isEmpty(), layer.name(), "adds nothing");
    for (FoldedLayer.Term term : layer.terms()) {
      check(
          shapes.get(term.input()).equals(layer.output()),
          layer.name(),
          "adds values of another shape");
      checkAffine(layer.name(), term.affine(), layer.output().channels());
    }
    if (layer.activation() instanceof FoldedLayer.Staircase staircase) {
      float resolution = staircase.resolution();
      check(
          resolution > 0 && Float.isFinite(resolution),
          layer.name(),
          "has the resolution " + resolution);
    }
  }

  private void visit(FoldedLayer.Pooling layer) {
    boolean isCodes = codes.get(layer.input());
    add(layer.name(), layer.output(), isCodes, false);
    check(!sums.get(layer.input()), layer.name(), "pools sums");
    check(!isCodes || !FoldedNetwork.isMean(layer.kind()), layer.name(), "takes means of codes");
    Shape in = shapes.get(layer.input());
    check(in.channels() == layer.output().channels(), layer.name(), "changes the channels");
    checkWindow(layer.name(), layer.window(), in, layer.output());
  }

  private void visit(FoldedLayer.Shortcut layer) {
    Shape in = shapes.get(layer.input());
    Shape out = layer.output();
    add(layer.name(), out, codes.get(layer.input()), false);
    check(!sums.get(layer.input()), layer.name(), "passes sums on");
    check(
        out.channels() >= in.channels()
            && out.height() == (in.height() + 1) / 2
            && out.width() == (in.width() + 1) / 2,
        layer.name(),
        "leads from " + in + " to " + out);
  }

  private static void checkAffine(String name, ChannelAffine affine, int channels) {
    check(
        affine.isUniform() || affine.centre().length == channels,
        name,
        "has " + affine.centre().length + " scales for " + channels + " channels");
    for (float[] numbers : List.of(affine.centre(), affine.scale(), affine.shift())) {
      checkFinite(name, numbers);
    }
  }

  private static void checkFinite(String name, float[] numbers) {
    for (float number : numbers) {
      check(Float.isFinite(number), name, "holds the number " + number);
    }
  }

  private static void checkWindow(String name, Window window, Shape in, Shape out) {
    boolean sound =
        axis(
                in.height(),
                out.height(),
                window.kernel().height(),
                window.stride().height(),
                window.dilation().height(),
                window.before().height(),
                window.after().height())
            && axis(
                in.width(),
                out.width(),
                window.kernel().width(),
                window.stride().width(),
                window.dilation().width(),
                window.before().width(),
                window.after().width());
    check(sound, name, "has a window " + window + " that does not lead from " + in + " to " + out);
  }

  /** Whether windows of {@code kernel} pixels in steps of {@code stride} give {@code out}. */
  private static boolean axis(
      int in, int out, int kernel, int stride, int dilation, int before, int after) {
    boolean small =
        IntStream.of(kernel, stride, dilation).allMatch(n -> n >= 1 && n <= LARGEST_WINDOW)
            && IntStream.of(before, after).allMatch(n -> n >= 0 && n <= LARGEST_WINDOW);
    if (!small) {
      return false;
    }
    long reach = (kernel - 1L) * dilation + 1;
    long room = (long) in + before + after - reach;
    return room >= 0 && before < reach && after <= reach + stride && room / stride + 1 == out;
  }

  private static void check(boolean sound, String layer, String what) {
    if (!sound) {
      throw new IllegalArgumentException(layer + " " + what);
    }
  }
}
