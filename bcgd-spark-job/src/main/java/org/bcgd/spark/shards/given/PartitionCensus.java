// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards.given;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;

/**
 * What the driver learns of the images of one partition. A final class of plain fields, because it
 * crosses the Spark wire.
 */
final class PartitionCensus implements Serializable {

  private static final long serialVersionUID = 1;

  /** Bits of what forms images have. */
  static final int GREY = 1; // raw, of the network's height and width

  static final int COLOUR = 2; // the same in three planes
  static final int OTHER = 4; // a file, or pixels of another size
  static final int FLOATS = 8; // what the network takes; images have no other form beside it

  private final long[] digests; // [2N], high and low
  private final int forms;
  private final ArrayList<String> unreadable;

  private PartitionCensus(long[] digests, int forms, ArrayList<String> unreadable) {
    this.digests = digests;
    this.forms = forms;
    this.unreadable = unreadable;
  }

  /**
   * Counts.
   *
   * @param input what the network takes
   */
  static PartitionCensus of(Iterator<GivenImage> images, ImageShape input) {
    LongStream.Builder digests = LongStream.builder();
    ArrayList<String> unreadable = new ArrayList<>();
    int forms = 0;
    while (images.hasNext()) {
      GivenImage image = images.next();
      Optional<String> defect = image.defect();
      if (defect.isPresent()) {
        unreadable.add(defect.get());
      } else {
        ImageDigest digest = ImageDigest.of(image);
        digests.add(digest.high()).add(digest.low());
        forms |= form(image.encodingFor(input));
      }
    }
    return new PartitionCensus(digests.build().toArray(), forms, unreadable);
  }

  private static int form(ImageEncoding encoding) {
    if (encoding instanceof ImageEncoding.Floats) {
      return FLOATS;
    }
    return encoding.rawShape().map(raw -> raw.channels() == 1 ? GREY : COLOUR).orElse(OTHER);
  }

  int size() {
    return digests.length / 2;
  }

  ImageDigest digest(int index) {
    return new ImageDigest(digests[2 * index], digests[2 * index + 1]);
  }

  int forms() {
    return forms;
  }

  ArrayList<String> unreadable() {
    return unreadable;
  }

  /** Where its images go. */
  Deal deal(int[] ranks, int[] shards) {
    return new Deal(Arrays.copyOf(digests, digests.length), ranks, shards);
  }
}
