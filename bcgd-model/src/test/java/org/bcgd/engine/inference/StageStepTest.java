// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bcgd.engine.folded.ChannelAffine;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Block;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StageStepTest {

  private static final Shape SHAPE = new Shape(48, 5, 7);

  private final RandomGenerator random = RandomKey.of(3).generator();

  static List<FoldedLayer.Activation> activations() {
    return List.of(
        new FoldedLayer.Staircase(new ActivationQuantizer(4, Rounding.UP), 0.25f),
        new FoldedLayer.Staircase(new ActivationQuantizer(8, Rounding.NEAREST), 0.125f),
        new FoldedLayer.Rectifier(),
        new FoldedLayer.Identity());
  }

  @ParameterizedTest
  @MethodSource("activations")
  void plainLoopsGiveTheBitsOfVectors(FoldedLayer.Activation activation) {
    try (Arena arena = new Arena()) {
      List<Tensor> inputs =
          List.of(
              tensor(arena, ElementType.INT32),
              tensor(arena, ElementType.UINT8),
              tensor(arena, ElementType.FLOAT32));
      inputs.forEach(this::fill);
      FoldedLayer.Stage stage =
          new FoldedLayer.Stage("stage", List.of(term(0), term(1), term(2)), activation, SHAPE);
      ElementType type =
          activation instanceof FoldedLayer.Staircase ? ElementType.UINT8 : ElementType.FLOAT32;
      Tensor inVectors = tensor(arena, type);
      Tensor plain = tensor(arena, type);
      int total = SHAPE.channels() * SHAPE.pixels();
      new StageStep(stage, inputs, inVectors, SHAPE.channels(), total, () -> true).run();
      new StageStep(stage, inputs, plain, SHAPE.channels(), total, () -> false).run();
      assertThat(plain.bytes()).isEqualTo(inVectors.bytes());
      assertThat(distinct(plain)).isGreaterThan(5);
    }
  }

  private static Tensor tensor(Arena arena, ElementType type) {
    Tensor tensor = Tensor.images(arena, type, 1, SHAPE.channels(), SHAPE.height(), SHAPE.width());
    return tensor.place(new Block(arena, tensor.size()), 0);
  }

  private void fill(Tensor tensor) {
    for (int i = 0; i < SHAPE.channels() * SHAPE.pixels(); i++) {
      switch (tensor.type()) {
        case INT32 -> tensor.bytes().putInt(4 * i, random.nextInt(-400, 400));
        case UINT8 -> tensor.bytes().put(i, (byte) random.nextInt(256));
        default -> tensor.bytes().putFloat(4 * i, (float) random.nextGaussian());
      }
    }
  }

  private FoldedLayer.Term term(int input) {
    float[] scale = new float[SHAPE.channels()];
    float[] shift = new float[SHAPE.channels()];
    float[] centre = new float[SHAPE.channels()];
    for (int c = 0; c < scale.length; c++) {
      scale[c] = (float) random.nextGaussian() / 50;
      shift[c] = (float) random.nextGaussian();
      centre[c] = (float) random.nextGaussian();
    }
    return new FoldedLayer.Term(input, new ChannelAffine(centre, scale, shift));
  }

  private static long distinct(Tensor tensor) {
    return IntStream.range(0, tensor.bytes().capacity())
        .map(tensor.bytes()::get)
        .distinct()
        .count();
  }
}
