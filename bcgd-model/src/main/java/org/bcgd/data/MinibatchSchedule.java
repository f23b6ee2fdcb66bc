// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;

/**
 * Which images of which shard take part in a step. In each epoch a shard goes through its images in
 * an order of its own, b = batchSize / P at a step.
 *
 * <pre>
 *   order(epoch, p) = permutation of 0..n_p−1 drawn by key.with(epoch).with(p)
 *   batch(epoch, t, p) = order[t·b .. (t + 1)·b)      t = 0..⌊min n_p / b⌋−1
 * </pre>
 *
 * Steps are counted through all epochs: epoch = step / stepsPerEpoch, t = step mod stepsPerEpoch.
 * What one shard draws does not depend on the other shards.
 */
public final class MinibatchSchedule implements Serializable {

  private static final long serialVersionUID = 1;

  private final RandomKey key;
  private final int shardBatchSize; // b
  private final int[] shardSizes; // [P], n_p
  private final transient Map<Integer, Order> orders = new ConcurrentHashMap<>(); // last drawn

  /** The order of a shard's images in an epoch. */
  private record Order(int epoch, int[] images) {}

  /**
   * @param batchSize images of one step over all shards
   * @param shardSizes images of each shard, [P]
   * @throws SettingsException if the batch cannot be dealt evenly, or a shard is smaller than its
   *     part of it
   */
  public MinibatchSchedule(int batchSize, int[] shardSizes, RandomKey key) {
    int shards = shardSizes.length;
    if (batchSize < 1 || batchSize % shards != 0) {
      throw new SettingsException(
          "a batch of "
              + batchSize
              + " images cannot be dealt evenly to "
              + shards
              + " shards: set a multiple of "
              + shards);
    }
    this.key = key;
    this.shardBatchSize = batchSize / shards;
    this.shardSizes = shardSizes.clone();
    for (int shard = 0; shard < shards; shard++) {
      if (shardSizes[shard] < shardBatchSize) {
        throw new SettingsException(
            "shard "
                + shard
                + " has "
                + shardSizes[shard]
                + " images, fewer than its "
                + shardBatchSize
                + " of a batch of "
                + batchSize
                + ": set a smaller batch or fewer shards");
      }
    }
  }

  /** The same schedule, which draws its orders where it arrives. */
  private Object readResolve() {
    return new MinibatchSchedule(shardBatchSize * shards(), shardSizes, key);
  }

  /** What one shard computes at one step. */
  public record Minibatch(int[] indices, RandomKey key) {

    /**
     * The same images in so many parts of equal size, in order.
     *
     * @throws IllegalArgumentException if they cannot be dealt evenly
     */
    public List<Minibatch> parts(int count) {
      if (count < 1 || indices.length % count != 0) {
        throw new IllegalArgumentException(indices.length + " images in " + count + " parts");
      }
      int size = indices.length / count;
      return IntStream.range(0, count)
          .mapToObj(
              part ->
                  new Minibatch(Arrays.copyOfRange(indices, part * size, part * size + size), key))
          .toList();
    }
  }

  /** Number of shards P. */
  public int shards() {
    return shardSizes.length;
  }

  /** Images b that each shard takes at a step. */
  public int shardBatchSize() {
    return shardBatchSize;
  }

  public int stepsPerEpoch() {
    return Arrays.stream(shardSizes).min().orElseThrow() / shardBatchSize;
  }

  /** The epoch of step {@code step}, both counted from 0. */
  public int epochOf(long step) {
    return Math.toIntExact(step / stepsPerEpoch());
  }

  /**
   * The images of shard {@code shard} at step {@code step}, as indices in the shard, with the key
   * from which their augmentation is drawn.
   */
  public Minibatch minibatch(long step, int shard) {
    int epoch = epochOf(step);
    RandomKey shardKey = key.with(epoch).with(shard);
    int from = (int) (step % stepsPerEpoch()) * shardBatchSize;
    return new Minibatch(
        Arrays.copyOfRange(order(epoch, shard, shardKey), from, from + shardBatchSize), shardKey);
  }

  /** Drawn once an epoch, because that takes longer than all else here. */
  private int[] order(int epoch, int shard, RandomKey shardKey) {
    return orders.compute(
            shard,
            (s, last) ->
                last != null && last.epoch == epoch
                    ? last
                    : new Order(epoch, shardKey.permutation(shardSizes[s])))
        .images;
  }
}
