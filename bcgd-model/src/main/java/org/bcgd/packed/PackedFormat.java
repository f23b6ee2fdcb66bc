// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.bcgd.checksum.Sha256;
import org.bcgd.failure.DataException;

/**
 * Packed models as bytes; all numbers little-endian.
 *
 * <pre>
 *   "BCGDPACK"                     8 bytes
 *   version                        uint32: 1
 *   description                    a section: name, labels, preprocessing, provenance
 *   network                        a section: layers with their numbers
 *   SHA-256 of all before          32 bytes
 *
 *   section:  length, CRC-32C      2 x uint32, then as many bytes
 * </pre>
 */
public final class PackedFormat {

  /** The version that is written and read. */
  public static final int VERSION = 1;

  private static final byte[] MAGIC = "BCGDPACK".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST = 32;
  private static final int LONGEST = 1 << 28;

  private PackedFormat() {}

  /** The content of a model's file. */
  public static byte[] bytes(PackedModel model) {
    byte[] description = section(PackedWriter.description(model));
    byte[] network = section(PackedWriter.network(model.network()));
    ByteBuffer file =
        ByteBuffer.allocate(
            MAGIC.length + Integer.BYTES + description.length + network.length + DIGEST);
    file.put(MAGIC).put(integers(VERSION)).put(description).put(network);
    MessageDigest digest = Sha256.start();
    digest.update(file.array(), 0, file.position());
    return file.put(digest.digest()).array();
  }

  /**
   * Reads a model.
   *
   * @param where the file's name, for messages
   * @throws DataException if the bytes are damaged, cut short, of another format, or describe no
   *     sound network
   */
  public static PackedModel read(InputStream stream, String where) throws IOException {
    byte[] bytes = stream.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw damaged(where, "it is longer than " + LONGEST + " bytes");
    }
    return read(bytes, where);
  }

  /**
   * Reads a model from the content of its file.
   *
   * @param where the file's name, for messages
   * @throws DataException as of a stream
   */
  public static PackedModel read(byte[] bytes, String where) {
    requireMagic(bytes, where);
    int end = bytes.length - DIGEST;
    MessageDigest digest = Sha256.start();
    digest.update(bytes, 0, Math.max(end, 0));
    if (end < MAGIC.length + Integer.BYTES
        || !MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw damaged(where, "its SHA-256 does not match its content: it is damaged or cut short");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, end).order(ByteOrder.LITTLE_ENDIAN);
    in.position(MAGIC.length + Integer.BYTES);
    try {
      PackedModel model = new PackedReader(section(in), section(in)).read();
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("there are bytes behind the last section");
      }
      return model;
    } catch (BufferUnderflowException e) {
      throw damaged(where, "a part of it is longer than what holds it");
    } catch (IllegalArgumentException e) {
      throw damaged(where, e.getMessage());
    }
  }

  private static void requireMagic(byte[] bytes, String where) {
    int head = MAGIC.length;
    if (bytes.length < head || !Arrays.equals(bytes, 0, head, MAGIC, 0, head)) {
      throw damaged(where, "it is not a packed BCGD model");
    }
    if (bytes.length < head + Integer.BYTES) {
      throw damaged(where, "it ends within its version");
    }
    int version = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(head);
    if (version != VERSION) {
      throw damaged(
          where,
          "its format version is "
              + Integer.toUnsignedString(version)
              + ", this software reads version "
              + VERSION);
    }
  }

  private static byte[] section(byte[] content) {
    ByteBuffer out =
        ByteBuffer.allocate(2 * Integer.BYTES + content.length).order(ByteOrder.LITTLE_ENDIAN);
    return out.putInt(content.length).putInt(crc(content)).put(content).array();
  }

  private static ByteBuffer section(ByteBuffer in) {
    int length = in.getInt();
    int crc = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] content = new byte[length];
    in.get(content);
    if (crc(content) != crc) {
      throw new IllegalArgumentException("the CRC-32C of a section does not match its content");
    }
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] integers(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static int crc(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length);
    return (int) crc.getValue();
  }

  private static DataException damaged(String where, String reason) {
    return new DataException("The model " + where + " cannot be used: " + reason + ".");
  }
}
