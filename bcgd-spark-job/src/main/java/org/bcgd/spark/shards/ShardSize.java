// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * What the driver learns of a loaded shard. A final class of plain fields, because it crosses the
 * Spark wire.
 */
final class ShardSize implements Serializable {

  private static final long serialVersionUID = 1;

  private final int images;
  private final ArrayList<String> unreadable;

  private ShardSize(int images, ArrayList<String> unreadable) {
    this.images = images;
    this.unreadable = unreadable;
  }

  static ShardSize of(LoadedShard shard) {
    return new ShardSize(shard.images().size(), new ArrayList<>(shard.unreadable()));
  }

  int images() {
    return images;
  }

  ArrayList<String> unreadable() {
    return unreadable;
  }
}
