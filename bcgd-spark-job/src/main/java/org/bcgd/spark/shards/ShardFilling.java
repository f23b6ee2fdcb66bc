// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bcgd.data.ImageBlock;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShard;
import org.bcgd.data.StoredImage;
import org.bcgd.data.transform.ImageDecoder;

/** A shard while its images come in, block after block. */
public final class ShardFilling {

  private static final int BLOCK_BYTES = 256 << 20;

  private final ImageEncoding encoding;
  private final List<ImageBlock> blocks = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private ImageBlock.Builder filling;

  /**
   * @param encoding of every image
   */
  public ShardFilling(ImageEncoding encoding) {
    this.encoding = encoding;
    this.filling = new ImageBlock.Builder(encoding, BLOCK_BYTES);
  }

  /** Takes an image. A compressed one is decoded once to see that it can be. */
  public void add(StoredImage image) {
    Optional<String> defect =
        encoding instanceof ImageEncoding.Compressed
            ? ImageDecoder.defect(image.bytes())
            : Optional.empty();
    defect.ifPresentOrElse(
        found -> unreadable.add(image.name() + ": " + found), () -> addSound(image));
  }

  /** Takes an image that is known to have no defect. */
  public void addSound(StoredImage image) {
    if (!filling.fits(image.bytes().length)) {
      blocks.add(filling.build());
      filling = new ImageBlock.Builder(encoding, BLOCK_BYTES);
    }
    filling.add(image.bytes(), image.label());
  }

  /** Whether no image was taken. */
  public boolean isEmpty() {
    return filling.isEmpty();
  }

  /** Name and defect of each image that was left out. */
  public List<String> unreadable() {
    return unreadable;
  }

  /** The shard of the images so far; at least one was taken. */
  public ImageShard finish() {
    blocks.add(filling.build());
    return new ImageShard(blocks, unreadable);
  }
}
