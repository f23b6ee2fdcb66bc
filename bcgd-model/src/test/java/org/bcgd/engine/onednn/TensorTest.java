// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcgd.failure.SettingsException;
import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void whatIsStoredIsLoadedInEveryTypeOfLoops() {
    float[] values = new float[64];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    try (Arena arena = new Arena()) {
      for (ElementType type :
          new ElementType[] {
            ElementType.FLOAT32, ElementType.BFLOAT16, ElementType.INT16, ElementType.UINT8
          }) {
        Tensor tensor = Tensor.images(arena, type, 2, 16, 3, 1).placed(arena);
        tensor.store(values, 16, 64);
        float[] back = new float[64];
        tensor.load(16, back, 64);
        assertThat(back).as(type.name()).containsExactly(values);
        tensor.load(0, back, 16);
        assertThat(back).startsWith(new float[16]);
        tensor.load(80, back, 16);
        assertThat(back).startsWith(new float[16]);
      }
    }
  }

  @Test
  void codesAreWidenedIntoBothTypesOfAConvolution() {
    float[] codes = new float[256];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i;
    }
    try (Arena arena = new Arena()) {
      Tensor kept = Tensor.images(arena, ElementType.UINT8, 1, 16, 16, 2).placed(arena);
      kept.store(codes, 256, 256);
      for (ElementType type : new ElementType[] {ElementType.FLOAT32, ElementType.BFLOAT16}) {
        Tensor wide = Tensor.images(arena, type, 1, 16, 16, 2).placed(arena);
        wide.widen(kept, 256, 256, new float[256]);
        float[] back = new float[256];
        wide.load(256, back, 256);
        assertThat(back).as(type.name()).containsExactly(codes);
        wide.load(0, back, 256);
        assertThat(back).as(type.name()).containsOnly(0);
      }
    }
  }

  @Test
  void aTensorThatJavaCannotSeeAtOnceIsRefusedInWords() {
    try (Arena arena = new Arena()) {
      assertThatThrownBy(() -> Tensor.images(arena, ElementType.FLOAT32, 1024, 64, 112, 112))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("3,288,334,336 bytes")
          .hasMessageContaining("smaller batches");
      assertThat(arena.bytes()).isZero();
    }
  }
}
