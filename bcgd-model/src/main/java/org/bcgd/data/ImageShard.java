// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * One logical shard of a dataset: the images of its blocks, numbered through from 0, and what had
 * to be left out of it. Immutable. A final class of plain fields, because it crosses the Spark
 * wire.
 */
public final class ImageShard implements Serializable {

  private static final long serialVersionUID = 1;

  private final ImageBlock[] blocks;
  private final int[] starts; // [blocks + 1]; block k holds the images starts[k]..starts[k + 1]−1
  private final String[] unreadable;

  /** A shard of which nothing was left out. */
  public ImageShard(List<ImageBlock> blocks) {
    this(blocks, List.of());
  }

  /**
   * @param blocks at least one, all of one encoding
   * @param unreadable name and defect of each image that could not be decoded
   */
  public ImageShard(List<ImageBlock> blocks, List<String> unreadable) {
    if (blocks.stream().map(ImageBlock::encoding).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "a shard of blocks in the encodings "
              + blocks.stream().map(ImageBlock::encoding).distinct().toList());
    }
    this.blocks = blocks.toArray(ImageBlock[]::new);
    this.unreadable = unreadable.toArray(String[]::new);
    this.starts = new int[this.blocks.length + 1];
    for (int k = 0; k < this.blocks.length; k++) {
      starts[k + 1] = Math.addExact(starts[k], this.blocks[k].size());
    }
  }

  /** Number of images. */
  public int size() {
    return starts[blocks.length];
  }

  /** Its blocks, in order. */
  public List<ImageBlock> blocks() {
    return List.of(blocks);
  }

  /** Name and defect of each image that could not be decoded and is none of the shard's. */
  public List<String> unreadable() {
    return List.of(unreadable);
  }

  public ImageEncoding encoding() {
    return blocks[0].encoding();
  }

  /** The bytes of image {@code index}; a copy. */
  public byte[] image(int index) {
    int block = blockOf(index);
    return blocks[block].image(index - starts[block]);
  }

  public int label(int index) {
    int block = blockOf(index);
    return blocks[block].label(index - starts[block]);
  }

  private int blockOf(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException("image " + index + " of a shard of " + size());
    }
    int found = Arrays.binarySearch(starts, index);
    return found < 0 ? -found - 2 : found;
  }
}
