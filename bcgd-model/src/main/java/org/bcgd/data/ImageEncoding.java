// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.io.Serializable;
import java.util.Optional;

/** How the bytes of a stored image are to be read. */
public sealed interface ImageEncoding extends Serializable {

  /** The shape of every image, where the images are raw. */
  Optional<ImageShape> rawShape();

  /** Unsigned bytes [C, H, W], all images of one shape. */
  record Raw(ImageShape shape) implements ImageEncoding {

    @Override
    public Optional<ImageShape> rawShape() {
      return Optional.of(shape);
    }

    @Override
    public String toString() {
      return "raw pixels of " + shape;
    }
  }

  /** A JPEG or PNG file, of any size. */
  record Compressed() implements ImageEncoding {

    @Override
    public Optional<ImageShape> rawShape() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return "JPEG or PNG";
    }
  }
}
