// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards.given;

import org.apache.spark.Partitioner;

/** Places of shard p go to partition p. */
final class ByShard extends Partitioner {

  private static final long serialVersionUID = 1;

  private final int shards;

  ByShard(int shards) {
    this.shards = shards;
  }

  @Override
  public int numPartitions() {
    return shards;
  }

  @Override
  public int getPartition(Object place) {
    return Deal.shard((Long) place);
  }
}
