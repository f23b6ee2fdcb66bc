// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.util.List;
import org.bcgd.failure.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a dataset that cannot be decoded.
 *
 * @param images name and defect of each
 */
public record Unreadable(List<String> images) {

  private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);
  private static final int NAMED_IN_MESSAGE = 5;

  static Unreadable in(List<ShardSize> shards) {
    return new Unreadable(shards.stream().flatMap(size -> size.unreadable().stream()).toList());
  }

  /**
   * Requires that the dataset can do without them.
   *
   * @param threshold their largest share, 0..1
   * @param all number of images, these included
   * @throws DataException if there are more; it names the first of them
   */
  void requireAtMost(double threshold, int all, String dataset) {
    if (images.size() > threshold * all) {
      throw new DataException(
          describe(all, dataset)
              + ", more than dataset.corrupt-threshold = "
              + threshold
              + " allows. Mend or remove them, or raise the threshold");
    }
    warn(all, dataset);
  }

  /** Warns that they are left out, if there are any. */
  public void warn(int all, String dataset) {
    if (!images.isEmpty()) {
      LOG.warn("{} and are left out.", describe(all, dataset));
    }
  }

  /** How many there are, and which are the first. */
  public String describe(int all, String dataset) {
    return "%d of %d images of %s cannot be decoded (%s%s)"
        .formatted(
            images.size(),
            all,
            dataset,
            String.join("; ", images.stream().limit(NAMED_IN_MESSAGE).toList()),
            images.size() > NAMED_IN_MESSAGE ? "; ..." : "");
  }
}
