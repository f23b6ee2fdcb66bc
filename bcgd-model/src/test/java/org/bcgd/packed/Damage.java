// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.bcgd.checksum.Sha256;

/** Makes the checksums of an altered packed model match again. */
final class Damage {

  private static final int FIRST_SECTION = 12;
  private static final int SECTION_HEAD = 8;
  private static final int DIGEST = 32;

  private Damage() {}

  /** The same bytes with right checksums, as far as sections can still be found. */
  static byte[] sealed(byte[] altered) {
    byte[] bytes = altered.clone();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - DIGEST;
    int at = FIRST_SECTION;
    while (at + SECTION_HEAD <= end) {
      int length = buffer.getInt(at);
      if (length < 0 || length > end - at - SECTION_HEAD) {
        break;
      }
      CRC32C crc = new CRC32C();
      crc.update(bytes, at + SECTION_HEAD, length);
      buffer.putInt(at + Integer.BYTES, (int) crc.getValue());
      at += SECTION_HEAD + length;
    }
    if (end > 0) {
      var digest = Sha256.start();
      digest.update(bytes, 0, end);
      buffer.position(end);
      buffer.put(digest.digest());
    }
    return bytes;
  }
}
