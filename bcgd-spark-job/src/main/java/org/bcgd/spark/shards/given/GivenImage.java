// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards.given;

import java.util.Arrays;
import java.util.Optional;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.StoredImage;
import org.bcgd.data.transform.ImageDecoder;
import org.bcgd.data.transform.Netpbm;

/**
 * An image as a program hands it over. It does not cross the Spark wire.
 *
 * @param encoding of its bytes
 * @param image bytes, label and name
 * @param found what is known to be wrong with it; its bytes are then of no meaning
 */
public record GivenImage(ImageEncoding encoding, StoredImage image, Optional<String> found) {

  /** An image with nothing known to be wrong. */
  public static GivenImage of(ImageEncoding encoding, StoredImage image) {
    return new GivenImage(encoding, image, Optional.empty());
  }

  /** What cannot be used as an image. */
  public static GivenImage unusable(String defect, StoredImage image) {
    return new GivenImage(new ImageEncoding.Compressed(), image, Optional.of(defect));
  }

  /** Name and defect, if anything is wrong with it. A compressed image is decoded to see that. */
  Optional<String> defect() {
    return found
        .or(
            () ->
                encoding instanceof ImageEncoding.Compressed
                    ? ImageDecoder.defect(image.bytes())
                    : Optional.empty())
        .map(defect -> image.name() + ": " + defect);
  }

  /** The encoding in which a network takes it: raw values of its own size, or a file. */
  public ImageEncoding encodingFor(ImageShape input) {
    return encoding
            .rawShape()
            .filter(raw -> raw.height() == input.height() && raw.width() == input.width())
            .isPresent()
        ? encoding
        : new ImageEncoding.Compressed();
  }

  /**
   * The same pixels in another encoding: a file instead of raw pixels, or three planes instead of
   * one.
   *
   * @throws IllegalArgumentException if they cannot be told in it
   */
  public StoredImage in(ImageEncoding other) {
    return new StoredImage(bytesIn(other), image.label(), image.name());
  }

  private byte[] bytesIn(ImageEncoding other) {
    if (encoding.equals(other)) {
      return image.bytes();
    }
    if (!(encoding instanceof ImageEncoding.Raw raw)) {
      throw new IllegalArgumentException(encoding + " as " + other);
    }
    return other instanceof ImageEncoding.Compressed
        ? Netpbm.ofPlanes(raw.shape(), image.bytes())
        : threePlanes(raw.shape());
  }

  private byte[] threePlanes(ImageShape own) {
    byte[] grey = image.bytes();
    if (own.channels() != 1) {
      throw new IllegalArgumentException(own + " as other raw pixels");
    }
    byte[] planes = Arrays.copyOf(grey, 3 * grey.length);
    System.arraycopy(grey, 0, planes, grey.length, grey.length);
    System.arraycopy(grey, 0, planes, 2 * grey.length, grey.length);
    return planes;
  }
}
