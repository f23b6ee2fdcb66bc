// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.util.List;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShard;
import org.bcgd.data.ShardAssignment;
import org.bcgd.data.source.ImageSource;
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
  public ImageShard load(int shard) {
    ShardFilling filling = new ShardFilling(source.encoding());
    source.read(assignment.samplesOf(shard), filling::add);
    if (filling.isEmpty()) {
      throw new DataException(
          "none of the %d images of shard %d of %s can be decoded (the first: %s)"
              .formatted(assignment.sizeOf(shard), shard, describe, filling.unreadable().get(0)));
    }
    return filling.finish();
  }
}
