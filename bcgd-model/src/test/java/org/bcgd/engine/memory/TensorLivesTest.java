// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;

class TensorLivesTest {

  private record Life(Tensor tensor, int birth, int death) {}

  @Test
  void whatIsWrittenAtBirthIsThereAtDeath() {
    RandomGenerator random = RandomKey.of(3).generator();
    try (Arena arena = new Arena()) {
      TensorLives lives = new TensorLives();
      List<Life> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int birth = random.nextInt(50);
        int death = birth + random.nextInt(10);
        Tensor tensor = Tensor.images(arena, ElementType.FLOAT32, 1, 16, 1 + random.nextInt(9), 1);
        lives.use(lives.add(tensor, MemoryUse.VALUES, birth), death);
        all.add(new Life(tensor, birth, death));
      }
      lives.place(arena);
      for (int time = 0; time < 60; time++) {
        for (int i = 0; i < all.size(); i++) {
          if (all.get(i).birth() == time) {
            fill(all.get(i).tensor(), i);
          }
        }
        for (int i = 0; i < all.size(); i++) {
          if (all.get(i).death() == time) {
            assertThat(first(all.get(i).tensor())).containsOnly(i);
          }
        }
      }
    }
  }

  @Test
  void whatNeverLivesTogetherSharesItsPlace() {
    try (Arena arena = new Arena()) {
      TensorLives lives = new TensorLives();
      for (int i = 0; i < 5; i++) {
        Tensor tensor = Tensor.images(arena, ElementType.FLOAT32, 1, 16, 8, 1);
        lives.use(lives.add(tensor, i == 4 ? MemoryUse.GRADIENTS : MemoryUse.VALUES, i), i + 1);
      }
      lives.place(arena);
      assertThat(lives.largest())
          .containsEntry(MemoryUse.VALUES, 2L * 512)
          .containsEntry(MemoryUse.GAPS, 0L)
          .hasSize(2);
    }
  }

  private static void fill(Tensor tensor, float value) {
    float[] values = new float[(int) tensor.size() / Float.BYTES];
    Arrays.fill(values, value);
    tensor.store(values, 0, values.length);
  }

  private static float[] first(Tensor tensor) {
    float[] values = new float[(int) tensor.size() / Float.BYTES];
    tensor.load(0, values, values.length);
    return values;
  }
}
