// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards.given;

import java.io.Serializable;
import org.bcgd.data.StoredImage;

/**
 * An image on its way to its shard. A final class of plain fields, because it crosses the Spark
 * wire.
 */
final class DealtImage implements Serializable {

  private static final long serialVersionUID = 1;

  private final byte[] bytes;
  private final int label;

  DealtImage(StoredImage image) {
    this.bytes = image.bytes();
    this.label = image.label();
  }

  StoredImage image() {
    return new StoredImage(bytes, label, "");
  }
}
