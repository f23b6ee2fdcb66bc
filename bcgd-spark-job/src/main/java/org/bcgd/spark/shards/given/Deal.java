// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards.given;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Where the images of one partition go. A final class of plain fields, because it crosses the Spark
 * wire.
 */
final class Deal implements Serializable {

  private static final long serialVersionUID = 1;

  private final long[] digests; // [2N], high and low
  private final int[] ranks; // [N], numbers in the whole dataset
  private final int[] shards; // [N]

  Deal(long[] digests, int[] ranks, int[] shards) {
    this.digests = digests;
    this.ranks = ranks;
    this.shards = shards;
  }

  /**
   * The places of each image: shard in the upper half, rank in the lower. Of equal images each
   * takes another place; which of them does not matter.
   */
  Map<ImageDigest, Queue<Long>> places() {
    Map<ImageDigest, Queue<Long>> places = new HashMap<>();
    for (int i = 0; i < ranks.length; i++) {
      places
          .computeIfAbsent(
              new ImageDigest(digests[2 * i], digests[2 * i + 1]), digest -> new ArrayDeque<>())
          .add(place(shards[i], ranks[i]));
    }
    return places;
  }

  private static long place(int shard, int rank) {
    return (long) shard << Integer.SIZE | rank;
  }

  /** The shard of a place. */
  static int shard(long place) {
    return (int) (place >>> Integer.SIZE);
  }
}
