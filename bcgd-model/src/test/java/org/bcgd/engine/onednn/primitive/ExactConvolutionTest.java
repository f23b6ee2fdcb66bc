// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions of codes and levels, every sum recomputed in 64-bit integers. */
class ExactConvolutionTest {

  private static final int IMAGES = 2;
  private static final int SIZE = 9;
  private static final int INPUTS = 48;
  private static final int OUTPUTS = 32;
  private static final int KERNEL = 3;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void everySumIsThatOfIntegers(ElementType type) {
    for (int stride = 1; stride <= 2; stride++) {
      for (int padding = 0; padding <= 1; padding++) {
        assertExact(type, stride, padding, 15, 1);
        assertExact(type, stride, padding, 255, 7);
      }
    }
  }

  private static void assertExact(
      ElementType type, int stride, int padding, int largestCode, int largestLevel) {
    int out = (SIZE + 2 * padding - KERNEL) / stride + 1;
    float[] codes = new float[IMAGES * SIZE * SIZE * INPUTS];
    float[] levels = new float[OUTPUTS * INPUTS * KERNEL * KERNEL];
    RandomGenerator random = RandomKey.of(stride).with(padding).with(largestCode).generator();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = random.nextInt(largestCode + 1);
    }
    for (int i = 0; i < levels.length; i++) {
      levels[i] = random.nextInt(2 * largestLevel + 1) - largestLevel;
    }
    float[] sums = convolve(type, stride, padding, out, codes, levels);
    for (int n = 0; n < IMAGES; n++) {
      for (int i = 0; i < out; i++) {
        for (int j = 0; j < out; j++) {
          for (int k = 0; k < OUTPUTS; k++) {
            long expected = sum(codes, levels, n, i * stride - padding, j * stride - padding, k);
            assertThat((long) sums[((n * out + i) * out + j) * OUTPUTS + k]).isEqualTo(expected);
          }
        }
      }
    }
  }

  private static float[] convolve(
      ElementType type, int stride, int padding, int out, float[] codes, float[] levels) {
    long[] strides = {stride, stride};
    long[] pads = {padding, padding};
    long[] ones = {1, 1};
    ConvolutionShape shape =
        new ConvolutionShape(
            IMAGES,
            INPUTS,
            SIZE,
            SIZE,
            OUTPUTS,
            out,
            out,
            new long[] {KERNEL, KERNEL},
            strides,
            ones,
            pads,
            pads);
    float[] sums = new float[IMAGES * out * out * OUTPUTS];
    try (Arena arena = new Arena()) {
      Tensor x = Tensor.images(arena, type, IMAGES, INPUTS, SIZE, SIZE).placed(arena);
      Tensor y = Tensor.images(arena, ElementType.FLOAT32, IMAGES, OUTPUTS, out, out).placed(arena);
      Kernels kernels = Kernels.placed(arena, OUTPUTS, INPUTS, KERNEL, KERNEL);
      Primitive forward = new Convolution(arena, shape, type).forward(x, kernels, y);
      x.store(codes, 0, codes.length);
      kernels.plain().store(levels, 0, levels.length);
      kernels.place();
      kernels.pack();
      forward.execute();
      y.load(0, sums, sums.length);
    }
    return sums;
  }

  private static long sum(float[] codes, float[] levels, int n, int top, int left, int k) {
    long sum = 0;
    for (int a = Math.max(0, -top); a < KERNEL && top + a < SIZE; a++) {
      for (int b = Math.max(0, -left); b < KERNEL && left + b < SIZE; b++) {
        int pixel = ((n * SIZE + top + a) * SIZE + left + b) * INPUTS;
        for (int c = 0; c < INPUTS; c++) {
          int weight = ((k * INPUTS + c) * KERNEL + a) * KERNEL + b;
          sum += (long) codes[pixel + c] * (long) levels[weight];
        }
      }
    }
    return sum;
  }
}
