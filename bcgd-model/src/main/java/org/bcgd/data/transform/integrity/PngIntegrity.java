// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform.integrity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Whether a PNG file is whole: a signature, then chunks up to the one named IEND.
 *
 * <pre>
 *   chunk = int length, byte[4] name, byte[length] data, int CRC32 of name and data
 * </pre>
 */
final class PngIntegrity {

  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int NAME = 4;
  private static final int FRAME = 12; // length, name and checksum

  private PngIntegrity() {}

  static boolean isPng(byte[] file) {
    return file.length >= Long.BYTES && ByteBuffer.wrap(file).getLong() == SIGNATURE;
  }

  /** What is wrong with the file. */
  static Optional<String> defect(byte[] file) {
    ByteBuffer chunks = ByteBuffer.wrap(file).position(Long.BYTES);
    while (chunks.remaining() >= FRAME) {
      int start = chunks.position();
      int length = chunks.getInt();
      if (length < 0 || length > chunks.remaining() - (FRAME - Integer.BYTES)) {
        break;
      }
      String name = new String(file, chunks.position(), NAME, StandardCharsets.ISO_8859_1);
      CRC32 crc = new CRC32();
      crc.update(file, chunks.position(), NAME + length);
      chunks.position(chunks.position() + NAME + length);
      if (chunks.getInt() != (int) crc.getValue()) {
        return Optional.of("Corrupt PNG data: wrong checksum of the chunk at byte " + start);
      }
      if (name.equals("IEND")) {
        return Optional.empty();
      }
    }
    return Optional.of("Truncated PNG file: no end chunk");
  }
}
