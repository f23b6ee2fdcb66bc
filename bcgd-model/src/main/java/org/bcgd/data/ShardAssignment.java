// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.io.Serializable;
import java.util.Arrays;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;

/**
 * Which samples belong to which logical shard: the first cards of a shuffled deck, dealt in turn.
 *
 * <pre>
 *   shard p = { permutation[p], permutation[p + P], permutation[p + 2P], ... }      below n
 * </pre>
 *
 * Every sample drawn lies in exactly one shard, and the sizes of shards differ by at most one.
 *
 * @param population number of samples in the dataset
 * @param drawn how many of them take part, n
 * @param shards number of logical shards P, fixed by the settings and not by the cluster
 * @param key draws the permutation of the whole dataset
 */
public record ShardAssignment(int population, int drawn, int shards, RandomKey key)
    implements Serializable {

  public ShardAssignment {
    if (drawn > population) {
      throw new IllegalArgumentException(drawn + " samples drawn from " + population);
    }
    if (shards < 1 || shards > drawn) {
      throw new SettingsException(
          drawn + " samples cannot be dealt to " + shards + " shards: set 1.." + drawn);
    }
  }

  /** All samples of a dataset take part. */
  public ShardAssignment(int population, int shards, RandomKey key) {
    this(population, population, shards, key);
  }

  /** The samples of shard {@code shard}, ascending. */
  public int[] samplesOf(int shard) {
    int[] permutation = key.permutation(population);
    int[] mine = new int[sizeOf(shard)];
    for (int i = 0; i < mine.length; i++) {
      mine[i] = permutation[shard + i * shards];
    }
    Arrays.sort(mine);
    return mine;
  }

  /** Number of samples of shard {@code shard}. */
  public int sizeOf(int shard) {
    if (shard < 0 || shard >= shards) {
      throw new IndexOutOfBoundsException("shard " + shard + " of " + shards);
    }
    return drawn / shards + (shard < drawn % shards ? 1 : 0);
  }

  /** Number of samples of every shard, [P]. */
  public int[] sizes() {
    int[] sizes = new int[shards];
    Arrays.setAll(sizes, this::sizeOf);
    return sizes;
  }
}
