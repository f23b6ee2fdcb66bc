// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.io.Serializable;
import java.util.ArrayList;
import org.bcgd.data.ImageBlock;
import org.bcgd.data.ImageShard;

/**
 * What the driver learns of a loaded shard. A final class of plain fields, because it crosses the
 * Spark wire.
 */
final class ShardSize implements Serializable {

  private static final long serialVersionUID = 1;

  private final int images;
  private final long bytes;
  private final ArrayList<String> unreadable;

  private ShardSize(int images, long bytes, ArrayList<String> unreadable) {
    this.images = images;
    this.bytes = bytes;
    this.unreadable = unreadable;
  }

  static ShardSize of(ImageShard shard) {
    long bytes = shard.blocks().stream().mapToLong(ImageBlock::byteCount).sum();
    return new ShardSize(shard.size(), bytes, new ArrayList<>(shard.unreadable()));
  }

  int images() {
    return images;
  }

  /** What the images take. */
  long bytes() {
    return bytes;
  }

  ArrayList<String> unreadable() {
    return unreadable;
  }
}
