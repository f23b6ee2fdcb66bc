// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.engine.RandomGraphs;
import org.bcgd.engine.TestNetworks;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.crew.Images;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.graph.Window;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.step.Step;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.UniformQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every sum of every quantized layer in a training step, recomputed by plain loops in 64-bit
 * integers from the codes that the engine holds and the levels of the weights. Pixels are multiples
 * of 1/256, so that the sums of the first layer are whole multiples of it.
 */
class ExactForwardTest {

  private static final int THREADS = 2;
  private static final int PIXEL_UNITS = 256;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void everySumOfResNet20IsThatOfIntegers(ElementType type) {
    ImageShape image = new ImageShape(3, 16, 16);
    NetworkDefinition definition = Architecture.RESNET20.define(image, 10, TestNetworks.FOUR_BITS);
    // the classifier reads means, which are no codes
    assertThat(exactLayers(definition, new BinaryQuantizer(), image, 3, type)).isEqualTo(19);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void everySumOfLeNet5IsThatOfIntegers(ElementType type) {
    ImageShape image = new ImageShape(1, 28, 28);
    NetworkDefinition definition = Architecture.LENET5.define(image, 10, TestNetworks.FOUR_BITS);
    assertThat(exactLayers(definition, new UniformQuantizer(4, 5), image, 3, type)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everySumOfARandomGraphIsThatOfIntegers(long seed) {
    WeightQuantizer quantizer =
        List.of(new BinaryQuantizer(), new TernaryQuantizer(), new UniformQuantizer(4, 5))
            .get((int) (seed % 3));
    ElementType type = seed % 2 == 0 ? ElementType.FLOAT32 : ElementType.BFLOAT16;
    assertThat(exactLayers(RandomGraphs.draw(seed), quantizer, RandomGraphs.IMAGE, 5, type))
        .isPositive();
  }

  /** Checks all layers whose inputs are codes or pixels; gives their number. */
  private static int exactLayers(
      NetworkDefinition definition,
      WeightQuantizer quantizer,
      ImageShape image,
      int images,
      ElementType type) {
    WeightSnapshot weights =
        TestNetworks.weights(
            definition,
            new WeightPrecision(
                Optional.of(quantizer),
                WeightPrecision.Granularity.LAYER,
                new LayerSelection.All()));
    ExecutionGraph graph =
        GraphReader.read(definition, slice -> weights.quantized(slice).isEmpty());
    Batch batch = coarse(TestNetworks.batch(image, images, definition.classes(), 1));
    int layers = 0;
    try (Crew crew = new Crew(THREADS);
        Plan plan = new Plan(graph, PlanSettings.of(weights, images, type).keepingValues(), crew)) {
      plan.gradient(new Step(weights, batch, true, new float[definition.layout().size()]));
      for (Node node : graph.nodes()) {
        if (node instanceof Node.Convolution layer
            && !(layer.input().form() instanceof Value.Floats)) {
          byte[] levels = weights.quantized(layer.weights()).orElseThrow().levels();
          for (int thread = 0; thread < THREADS; thread++) {
            int share = Images.share(thread, THREADS, images).count();
            requireExact(plan.thread(thread), layer, levels, share);
          }
          layers++;
        }
      }
    }
    return layers;
  }

  private static Batch coarse(Batch batch) {
    float[] pixels = new float[batch.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.round(batch.pixels()[i] * PIXEL_UNITS) / (float) PIXEL_UNITS;
    }
    return new Batch(batch.shape(), pixels, batch.labels());
  }

  private static void requireExact(
      ThreadPlan plan, Node.Convolution layer, byte[] levels, int images) {
    long unit = layer.input().form() instanceof Value.Codes ? 1 : PIXEL_UNITS;
    long[] inputs = integers(plan, layer.input(), images, unit);
    long[] sums = integers(plan, layer.output(), images, unit);
    Shape out = layer.output().shape();
    for (int n = 0; n < images; n++) {
      for (int i = 0; i < out.height(); i++) {
        for (int j = 0; j < out.width(); j++) {
          for (int k = 0; k < out.channels(); k++) {
            long sum = sums[((n * out.height() + i) * out.width() + j) * out.channels() + k];
            if (sum != sum(layer, inputs, levels, n, i, j, k)) {
              assertThat(sum)
                  .as("%s, image %d, pixel %d, %d, channel %d", layer.output().name(), n, i, j, k)
                  .isEqualTo(sum(layer, inputs, levels, n, i, j, k));
            }
          }
        }
      }
    }
  }

  private static long sum(
      Node.Convolution layer, long[] inputs, byte[] levels, int n, int i, int j, int k) {
    Shape in = layer.input().shape();
    Window window = layer.window();
    int height = window.kernel().height();
    int width = window.kernel().width();
    long sum = 0;
    for (int a = 0; a < height; a++) {
      int row = i * window.stride().height() - window.before().height() + a;
      for (int b = 0; b < width; b++) {
        int column = j * window.stride().width() - window.before().width() + b;
        if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
          for (int c = 0; c < in.channels(); c++) {
            sum +=
                inputs[((n * in.height() + row) * in.width() + column) * in.channels() + c]
                    * levels[((k * in.channels() + c) * height + a) * width + b];
          }
        }
      }
    }
    return sum;
  }

  /** What the engine holds of a value in whole units, [images, H, W, channels]. */
  private static long[] integers(ThreadPlan plan, Value value, int images, long unit) {
    int channels = value.shape().channels();
    int stored = value.form() instanceof Value.Image ? channels : value.shape().paddedChannels();
    float[] floats = new float[images * value.shape().pixels() * stored];
    plan.tensor(value).load(0, floats, floats.length);
    long[] integers = new long[images * value.shape().pixels() * channels];
    for (int i = 0; i < integers.length; i++) {
      double units = (double) floats[i / channels * stored + i % channels] * unit;
      integers[i] = (long) units;
      if (integers[i] != units) {
        throw new AssertionError(value.name() + " holds " + units);
      }
    }
    return integers;
  }
}
