// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One image or many as one array of bytes, with random access. Immutable. It travels between
 * machines, so it is a final class of plain arrays and numbers.
 */
public final class ImageBlock implements Serializable {

  /** No block holds more bytes of images than this. */
  public static final int MAX_BYTES = 1 << 30;

  private static final long serialVersionUID = 1;

  // The shape of raw images; all three are 0 when the images are compressed.
  private final int channels;
  private final int height;
  private final int width;
  private final boolean floats; // whether the values of raw images are float32
  private final int[] offsets; // [N + 1]; image i is bytes[offsets[i]..offsets[i + 1])
  private final int[] labels; // [N]
  private final byte[] bytes;

  private ImageBlock(ImageEncoding encoding, int[] offsets, int[] labels, byte[] bytes) {
    Optional<ImageShape> shape = encoding.rawShape();
    this.channels = shape.map(ImageShape::channels).orElse(0);
    this.height = shape.map(ImageShape::height).orElse(0);
    this.width = shape.map(ImageShape::width).orElse(0);
    this.floats = encoding instanceof ImageEncoding.Floats;
    this.offsets = offsets;
    this.labels = labels;
    this.bytes = bytes;
  }

  /** Number of images N. */
  public int size() {
    return labels.length;
  }

  public ImageEncoding encoding() {
    if (channels == 0) {
      return new ImageEncoding.Compressed();
    }
    ImageShape shape = new ImageShape(channels, height, width);
    return floats ? new ImageEncoding.Floats(shape) : new ImageEncoding.Raw(shape);
  }

  /** The bytes of image {@code index}; a copy. */
  public byte[] image(int index) {
    return Arrays.copyOfRange(bytes, offsets[index], offsets[index + 1]);
  }

  /** The bytes that image {@code index} takes. */
  public int length(int index) {
    return offsets[index + 1] - offsets[index];
  }

  public int label(int index) {
    return labels[index];
  }

  /** The bytes of all images together. */
  public int byteCount() {
    return bytes.length;
  }

  /** All images one after the other; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Takes images until its limit is reached. */
  public static final class Builder {

    private final ImageEncoding encoding;
    private final int byteLimit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final IntStream.Builder labels = IntStream.builder();
    private final IntStream.Builder offsets = IntStream.builder().add(0);
    private boolean empty = true;

    /**
     * @param byteLimit of the images together, 1..{@link #MAX_BYTES}
     */
    public Builder(ImageEncoding encoding, int byteLimit) {
      if (byteLimit < 1 || byteLimit > MAX_BYTES) {
        throw new IllegalArgumentException("a block of at most " + byteLimit + " bytes");
      }
      this.encoding = encoding;
      this.byteLimit = byteLimit;
    }

    public boolean isEmpty() {
      return empty;
    }

    /** Whether an image of {@code length} bytes still fits; an empty block takes any one image. */
    public boolean fits(int length) {
      return empty ? length <= MAX_BYTES : length <= byteLimit - bytes.size();
    }

    public Builder add(byte[] image, int label) {
      if (!fits(image.length)) {
        throw new IllegalStateException(
            "an image of " + image.length + " bytes does not fit after " + bytes.size());
      }
      if (encoding.imageBytes().orElse(image.length) != image.length) {
        throw new IllegalArgumentException(image.length + " bytes for " + encoding);
      }
      bytes.writeBytes(image);
      offsets.add(bytes.size());
      labels.add(label);
      empty = false;
      return this;
    }

    /** The block of the images added; the builder is spent. */
    public ImageBlock build() {
      if (empty) {
        throw new IllegalStateException("a block without images");
      }
      return new ImageBlock(
          encoding, offsets.build().toArray(), labels.build().toArray(), bytes.toByteArray());
    }
  }

  /** A block of parts that were checked to fit together. */
  static ImageBlock of(ImageEncoding encoding, int[] lengths, int[] labels, byte[] bytes) {
    int[] offsets = new int[lengths.length + 1];
    for (int i = 0; i < lengths.length; i++) {
      offsets[i + 1] = offsets[i] + lengths[i];
    }
    return new ImageBlock(encoding, offsets, labels, bytes);
  }
}
