// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards.given;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import org.bcgd.checksum.Sha256;
import org.bcgd.data.ImageShape;

/**
 * What an image is known by: the first 128 bits of the SHA-256 of label, encoding and bytes.
 *
 * @param high first half
 * @param low second half
 */
record ImageDigest(long high, long low) {

  static ImageDigest of(GivenImage given) {
    Optional<ImageShape> shape = given.encoding().rawShape();
    MessageDigest digest = Sha256.start();
    digest.update(
        ByteBuffer.allocate(4 * Integer.BYTES)
            .putInt(given.image().label())
            .putInt(shape.map(ImageShape::channels).orElse(0))
            .putInt(shape.map(ImageShape::height).orElse(0))
            .putInt(shape.map(ImageShape::width).orElse(0))
            .flip());
    ByteBuffer bits = ByteBuffer.wrap(digest.digest(given.image().bytes()));
    return new ImageDigest(bits.getLong(), bits.getLong());
  }
}
