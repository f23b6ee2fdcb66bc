// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.bcgd.data.ImageBlock;
import org.bcgd.data.ImageShard;

/**
 * A shard in memory, and what had to be left out of it. A final class of plain fields, because it
 * crosses the Spark wire.
 */
public final class LoadedShard implements Serializable {

  private static final long serialVersionUID = 1;

  private final ArrayList<ImageBlock> blocks;
  private final ArrayList<String> unreadable;

  /**
   * @param unreadable name and defect of each image that could not be decoded
   */
  public LoadedShard(List<ImageBlock> blocks, List<String> unreadable) {
    this.blocks = new ArrayList<>(blocks);
    this.unreadable = new ArrayList<>(unreadable);
  }

  public List<ImageBlock> blocks() {
    return blocks;
  }

  public ImageShard images() {
    return new ImageShard(blocks);
  }

  public List<String> unreadable() {
    return unreadable;
  }
}
