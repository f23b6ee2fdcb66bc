// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bcgd.data.ImageBlock;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ShardAssignment;
import org.bcgd.data.StoredImage;
import org.bcgd.data.source.ImageSource;
import org.bcgd.data.transform.ImageDecoder;
import org.bcgd.failure.DataException;

/**
 * The shards of a dataset as it was published: the images that the assignment deals to a shard,
 * read from the dataset's own files. A compressed image is decoded once to see that it can be.
 *
 * @param source the split
 * @param assignment of its images to shards
 * @param describe where the dataset lies
 */
public record PublishedShards(ImageSource source, ShardAssignment assignment, String describe)
    implements ShardSource {

  private static final int BLOCK_BYTES = 256 << 20;

  @Override
  public int shards() {
    return assignment.shards();
  }

  @Override
  public int images() {
    return assignment.drawn();
  }

  @Override
  public ImageEncoding encoding() {
    return source.encoding();
  }

  @Override
  public List<String> classNames() {
    return source.classNames();
  }

  @Override
  public LoadedShard load(int shard) {
    Collector collector = new Collector(source.encoding());
    source.read(assignment.samplesOf(shard), collector::add);
    if (collector.isEmpty()) {
      throw new DataException(
          "none of the %d images of shard %d of %s can be decoded (the first: %s)"
              .formatted(assignment.sizeOf(shard), shard, describe, collector.unreadable.get(0)));
    }
    return collector.finish();
  }

  /** Fills blocks one after the other. */
  private static final class Collector {
    private final ImageEncoding encoding;
    private final List<ImageBlock> blocks = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private ImageBlock.Builder filling;

    Collector(ImageEncoding encoding) {
      this.encoding = encoding;
      this.filling = new ImageBlock.Builder(encoding, BLOCK_BYTES);
    }

    void add(StoredImage image) {
      Optional<String> defect =
          encoding instanceof ImageEncoding.Compressed
              ? ImageDecoder.defect(image.bytes())
              : Optional.empty();
      if (defect.isPresent()) {
        unreadable.add(image.name() + ": " + defect.get());
        return;
      }
      if (!filling.fits(image.bytes().length)) {
        blocks.add(filling.build());
        filling = new ImageBlock.Builder(encoding, BLOCK_BYTES);
      }
      filling.add(image.bytes(), image.label());
    }

    boolean isEmpty() {
      return filling.isEmpty();
    }

    LoadedShard finish() {
      blocks.add(filling.build());
      return new LoadedShard(blocks, unreadable);
    }
  }
}
