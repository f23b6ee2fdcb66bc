// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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

  private record Life(MemoryUse use, int birth, int death) {

    Life with(int time) {
      return new Life(use, Math.min(birth, time), Math.max(death, time));
    }

    boolean spans(int time) {
      return birth <= time && time <= death;
    }
  }

  private final Map<Tensor, Life> lives = new LinkedHashMap<>();
  private long size; // of the block, once it is known

  /** Takes a tensor in, which is written or read at a time. */
  public Tensor add(Tensor tensor, MemoryUse use, int time) {
    lives.put(tensor, new Life(use, time, time));
    return tensor;
  }

  /** Notes that a tensor is also written or read at another time. */
  public Tensor use(Tensor tensor, int time) {
    lives.compute(tensor, (known, life) -> life.with(time));
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
    size = lifetimes.size();
    Block block = new Block(arena, size);
    offsets.forEach((tensor, offset) -> tensor.place(block, offset));
  }

  /** Bytes that live at the time when most do, by use, and the gaps between them. */
  public Map<MemoryUse, Long> largest() {
    Map<MemoryUse, Long> largest = new EnumMap<>(MemoryUse.class);
    for (Life life : lives.values()) {
      Map<MemoryUse, Long> now = at(life.birth());
      largest = sum(now) > sum(largest) ? now : largest;
    }
    largest.put(MemoryUse.GAPS, size - sum(largest));
    return largest;
  }

  private Map<MemoryUse, Long> at(int time) {
    Map<MemoryUse, Long> bytes = new EnumMap<>(MemoryUse.class);
    lives.forEach(
        (tensor, life) -> {
          if (life.spans(time)) {
            bytes.merge(life.use(), tensor.size(), Long::sum);
          }
        });
    return bytes;
  }

  private static long sum(Map<MemoryUse, Long> bytes) {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
