// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.bcgd.failure.DataException;

/**
 * The file form of an {@link ImageBlock}. All integers are big-endian.
 *
 * <pre>
 *   long    magic "BCGDIMGS"
 *   int     version = 1
 *   int     C, H, W of raw images; 0, 0, 0 for JPEG or PNG
 *   int     N, number of images
 *   int     B, bytes of all images
 *   int[N]  length of each image, together B
 *   int[N]  label of each image
 *   byte[B] the images
 *   int     CRC32C of all above
 * </pre>
 *
 * A reader checks every number before it reserves memory for it, and the checksum before it gives
 * out an image.
 */
public final class ImageBlockFormat {

  private static final long MAGIC = 0x42434744494D4753L;
  private static final int VERSION = 1;
  private static final int MAX_SIDE = 1 << 14;
  // Every image takes at least a byte, and a block of one-byte images would be a strange one.
  private static final int MAX_IMAGES = 1 << 26;

  private final String file;
  private final CheckedInputStream checked;
  private final DataInputStream in;

  private ImageBlockFormat(InputStream stream, String file) {
    this.file = file;
    this.checked = new CheckedInputStream(stream, new CRC32C());
    this.in = new DataInputStream(checked);
  }

  /**
   * Writes {@code block} and flushes; the stream stays open.
   *
   * @throws IllegalArgumentException if its images are floats, which have no file form
   */
  public static void write(ImageBlock block, OutputStream stream) throws IOException {
    if (block.encoding() instanceof ImageEncoding.Floats) {
      throw new IllegalArgumentException("a file of " + block.encoding());
    }
    CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    Optional<ImageShape> shape = block.encoding().rawShape();
    out.writeInt(shape.map(ImageShape::channels).orElse(0));
    out.writeInt(shape.map(ImageShape::height).orElse(0));
    out.writeInt(shape.map(ImageShape::width).orElse(0));
    out.writeInt(block.size());
    out.writeInt(block.byteCount());
    for (int i = 0; i < block.size(); i++) {
      out.writeInt(block.length(i));
    }
    for (int i = 0; i < block.size(); i++) {
      out.writeInt(block.label(i));
    }
    out.write(block.bytes());
    out.writeInt((int) checked.getChecksum().getValue());
    out.flush();
  }

  /**
   * Reads one block, which must end where the stream ends.
   *
   * @param file the name of the stream, for messages
   * @throws DataException if the file is not a block, or is damaged
   */
  public static ImageBlock read(InputStream stream, String file) throws IOException {
    try {
      return new ImageBlockFormat(stream, file).block();
    } catch (EOFException e) {
      throw new DataException(file + " is truncated; prepare the dataset again", e);
    }
  }

  private ImageBlock block() throws IOException {
    if (in.readLong() != MAGIC) {
      throw new DataException(file + " is not a block of images written by prepare");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new DataException(
          file + " has format version " + version + ", this program reads version " + VERSION);
    }
    ImageEncoding encoding = encoding();
    int images = within("number of images", in.readInt(), 1, MAX_IMAGES);
    int byteCount = within("number of bytes", in.readInt(), 0, ImageBlock.MAX_BYTES);
    int[] lengths = integers(images);
    int[] labels = integers(images);
    checkLengths(lengths, byteCount, encoding);
    byte[] bytes = bytes(byteCount);
    checkTrailer();
    return ImageBlock.of(encoding, lengths, labels, bytes);
  }

  private ImageEncoding encoding() throws IOException {
    int channels = in.readInt();
    int height = within("height", in.readInt(), 0, MAX_SIDE);
    int width = within("width", in.readInt(), 0, MAX_SIDE);
    if (channels == 0 && height == 0 && width == 0) {
      return new ImageEncoding.Compressed();
    }
    if ((channels != 1 && channels != 3) || height == 0 || width == 0) {
      throw damaged("images of " + channels + " x " + height + " x " + width);
    }
    return new ImageEncoding.Raw(new ImageShape(channels, height, width));
  }

  private int[] integers(int count) throws IOException {
    DataInputStream values = new DataInputStream(new ByteArrayInputStream(bytes(4 * count)));
    int[] integers = new int[count];
    for (int i = 0; i < count; i++) {
      integers[i] = values.readInt();
    }
    return integers;
  }

  /** Reads in pieces, so that a wrong count in a short file does not reserve memory for it. */
  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private void checkLengths(int[] lengths, int byteCount, ImageEncoding encoding) {
    long sum = 0;
    for (int length : lengths) {
      sum += within("length of an image", length, 0, byteCount);
      if (encoding instanceof ImageEncoding.Raw raw && length != raw.shape().size()) {
        throw damaged("an image of " + length + " bytes among " + raw);
      }
    }
    if (sum != byteCount) {
      throw damaged("images of " + sum + " bytes in " + byteCount);
    }
  }

  private void checkTrailer() throws IOException {
    int computed = (int) checked.getChecksum().getValue();
    int stored = in.readInt();
    if (computed != stored) {
      throw damaged(String.format("checksum %08x, stored is %08x", computed, stored));
    }
    if (in.read() >= 0) {
      throw damaged("bytes after the end");
    }
  }

  private int within(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw damaged(what + " is " + value + ", possible are " + min + ".." + max);
    }
    return value;
  }

  private DataException damaged(String what) {
    return new DataException(file + " is damaged: " + what + "; prepare the dataset again");
  }
}
