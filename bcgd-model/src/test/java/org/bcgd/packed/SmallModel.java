// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bcgd.data.ImageShape;
import org.bcgd.data.transform.CentralCrop;
import org.bcgd.data.transform.NoAugmentation;
import org.bcgd.data.transform.Normalization;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.engine.folded.ChannelAffine;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.folded.FoldedWeights;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Window;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.QuantizedTensor;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;

/** A model of a few hundred weights that has every kind of layer. */
final class SmallModel {

  private static final Window.Pair ONE = new Window.Pair(1, 1);
  private static final Window.Pair TWO = new Window.Pair(2, 2);
  private static final Window.Pair THREE = new Window.Pair(3, 3);
  private static final Window.Pair ZERO = new Window.Pair(0, 0);

  private final RandomGenerator random = RandomKey.of(41).generator();

  private SmallModel() {}

  static PackedModel draw() {
    return new SmallModel().model();
  }

  /** The same, which takes images of its own size as they are. */
  static PackedModel uncropped() {
    PackedModel model = draw();
    Preprocessing preprocessing =
        new Preprocessing(
            model.preprocessing().output(),
            model.preprocessing().normalization(),
            new NoAugmentation());
    return new PackedModel(
        model.name(), model.network(), model.labels(), preprocessing, model.provenance());
  }

  /** Raw images of no meaning, each another. */
  static List<byte[]> images(int count) {
    return IntStream.range(0, count).mapToObj(SmallModel::image).toList();
  }

  private static byte[] image(int seed) {
    byte[] image = new byte[3 * 6 * 6];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) ((i * 31 + seed * 57) * (seed + 3));
    }
    return image;
  }

  private PackedModel model() {
    return new PackedModel(
        "small",
        network(),
        List.of("cat", "dog", "Ærfugl"),
        new Preprocessing(
            new ImageShape(3, 6, 6),
            new Normalization(new float[] {0.4f, 0.5f, 0.6f}, new float[] {0.2f, 0.25f, 0.3f}),
            new CentralCrop(0.875)),
        Map.of("software", "a test", "settings", "none"));
  }

  private FoldedNetwork network() {
    Shape six = new Shape(4, 6, 6);
    Shape three = new Shape(8, 3, 3);
    return new FoldedNetwork(
        new Shape(3, 6, 6),
        List.of(
            new FoldedLayer.Linear("first", 0, window(THREE, ONE, ONE), floats(4 * 27), six),
            stage("codes1", six, 2, term(1, 4)),
            new FoldedLayer.Linear("second", 2, window(THREE, ONE, ONE), levels(1, 144), six),
            stage("codes2", six, 4, term(3, 4), uniform(2)),
            new FoldedLayer.Linear("third", 4, window(THREE, TWO, ONE), levels(2, 288), three),
            new FoldedLayer.Shortcut("shortcut", 4, three),
            stage("codes3", three, 4, term(5, 8), uniform(6)),
            new FoldedLayer.Pooling(
                "largest",
                7,
                Node.Pooling.Kind.MAXIMUM,
                window(TWO, ONE, ZERO),
                new Shape(8, 2, 2)),
            new FoldedLayer.Stage(
                "values", List.of(uniform(8)), new FoldedLayer.Rectifier(), new Shape(8, 2, 2)),
            new FoldedLayer.Pooling(
                "mean", 9, Node.Pooling.Kind.MEAN, window(TWO, ONE, ZERO), new Shape(8, 1, 1)),
            new FoldedLayer.Linear(
                "classifier", 10, window(ONE, ONE, ZERO), levels(4, 24), new Shape(3, 1, 1))),
        affine(3));
  }

  private static Window window(Window.Pair kernel, Window.Pair stride, Window.Pair padding) {
    return new Window(kernel, stride, ONE, padding, padding);
  }

  private static FoldedLayer.Stage stage(
      String name, Shape shape, int bits, FoldedLayer.Term... terms) {
    return new FoldedLayer.Stage(
        name,
        List.of(terms),
        new FoldedLayer.Staircase(new ActivationQuantizer(bits, Rounding.UP), 0.5f),
        shape);
  }

  private FoldedLayer.Term term(int input, int channels) {
    return new FoldedLayer.Term(input, affine(channels));
  }

  private static FoldedLayer.Term uniform(int input) {
    return new FoldedLayer.Term(input, ChannelAffine.factor(0.25f));
  }

  private ChannelAffine affine(int channels) {
    return new ChannelAffine(numbers(channels), numbers(channels), numbers(channels));
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.25f;
    }
    return numbers;
  }

  private FoldedWeights floats(int count) {
    return new FoldedWeights.Floats(numbers(count));
  }

  private FoldedWeights levels(int bits, int count) {
    byte[] levels = new byte[count];
    int most = (1 << (bits - 1)) - 1;
    for (int i = 0; i < count; i++) {
      levels[i] =
          (byte) (bits == 1 ? 2 * random.nextInt(2) - 1 : random.nextInt(2 * most + 1) - most);
    }
    return new FoldedWeights.Levels(new QuantizedTensor(bits, new float[] {0.1f}, levels));
  }
}
