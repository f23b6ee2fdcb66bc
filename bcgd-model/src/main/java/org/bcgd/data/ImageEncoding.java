// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;

/** How the bytes of a stored image are to be read. */
public sealed interface ImageEncoding extends Serializable {

  /** The shape of every image, where the images are raw. */
  Optional<ImageShape> rawShape();

  /** The bytes that every image takes, where the images are raw. */
  OptionalInt imageBytes();

  /** Unsigned bytes [C, H, W], all images of one shape. */
  record Raw(ImageShape shape) implements ImageEncoding {

    @Override
    public Optional<ImageShape> rawShape() {
      return Optional.of(shape);
    }

    @Override
    public OptionalInt imageBytes() {
      return OptionalInt.of(shape.size());
    }

    @Override
    public String toString() {
      return "raw pixels of " + shape;
    }
  }

  /**
   * Float32 values [C, H, W], little-endian, all images of one shape. They are what a network
   * takes: nothing decodes, augments or normalises them.
   */
  record Floats(ImageShape shape) implements ImageEncoding {

    @Override
    public Optional<ImageShape> rawShape() {
      return Optional.of(shape);
    }

    @Override
    public OptionalInt imageBytes() {
      return OptionalInt.of(Float.BYTES * shape.size());
    }

    @Override
    public String toString() {
      return "floats of " + shape;
    }
  }

  /** A JPEG or PNG file, of any size. */
  record Compressed() implements ImageEncoding {

    @Override
    public Optional<ImageShape> rawShape() {
      return Optional.empty();
    }

    @Override
    public OptionalInt imageBytes() {
      return OptionalInt.empty();
    }

    @Override
    public String toString() {
      return "JPEG or PNG";
    }
  }
}
