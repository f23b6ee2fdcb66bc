// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.io.Serializable;
import java.util.Arrays;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;

/**
 * Which samples belong to which logical shard: a permutation of all samples, dealt like cards.
 *
 * <pre>
 *   shard p = { permutation[p], permutation[p + P], permutation[p + 2P], ... }
 * </pre>
 *
 * Every sample lies in exactly one shard, and the sizes of shards differ by at most one.
 *
 * @param samples number of samples in the dataset
 * @param shards number of logical shards P, fixed by the settings and not by the cluster
 * @param key draws the permutation
 */
public record ShardAssignment(int samples, int shards, RandomKey key) implements Serializable {

  public ShardAssignment {
    if (shards < 1 || shards > samples) {
      throw new SettingsException(
          samples + " samples cannot be dealt to " + shards + " shards: set 1.." + samples);
    }
  }

  /** The samples of shard {@code shard}, ascending. */
  public int[] samplesOf(int shard) {
    int[] permutation = key.permutation(samples);
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
    return samples / shards + (shard < samples % shards ? 1 : 0);
  }

  /** Number of samples of every shard, [P]. */
  public int[] sizes() {
    int[] sizes = new int[shards];
    Arrays.setAll(sizes, this::sizeOf);
    return sizes;
  }
}
