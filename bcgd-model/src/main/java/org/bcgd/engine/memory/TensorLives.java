// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Block;
import org.bcgd.engine.onednn.Tensor;

/**
 * Tensors that share one block of memory. Each lives from its first use to its last, and lies where
 * no other lives meanwhile; what it held before and after is lost. Uses are told while operations
 * are compiled, then all tensors are placed.
 */
public final class TensorLives {

  private record Life(int birth, int death) {

    Life with(int time) {
      return new Life(Math.min(birth, time), Math.max(death, time));
    }
  }

  private final Map<Tensor, Life> lives = new LinkedHashMap<>();

  /** Notes that a tensor is written or read at some times. */
  public Tensor use(Tensor tensor, int... times) {
    for (int time : times) {
      lives.merge(tensor, new Life(time, time), (life, moment) -> life.with(moment.birth()));
    }
    return tensor;
  }

  /** Gives every tensor its place: the largest first, which leaves small gaps to small ones. */
  public void place(Arena arena) {
    List<Tensor> tensors = new ArrayList<>(lives.keySet());
    tensors.sort(Comparator.comparingLong(Tensor::size).reversed());
    Lifetimes lifetimes = new Lifetimes();
    Map<Tensor, Long> offsets = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      Life life = lives.get(tensor);
      offsets.put(tensor, lifetimes.place(tensor.size(), life.birth(), life.death()));
    }
    Block block = new Block(arena, lifetimes.size());
    offsets.forEach((tensor, offset) -> tensor.place(block, offset));
  }
}
