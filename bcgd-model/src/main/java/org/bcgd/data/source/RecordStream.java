// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.bcgd.failure.DataException;

/** Records of one length, one after the other in a file; read forwards only. */
final class RecordStream {

  private final InputStream in;
  private final String file;
  private final int recordLength;
  private int next;

  /**
   * @param in at the start of record 0
   * @param file for messages
   */
  RecordStream(InputStream in, String file, int recordLength) {
    this.in = in;
    this.file = file;
    this.recordLength = recordLength;
  }

  /** Record {@code index}, which must lie behind all that were read before. */
  byte[] record(int index) throws IOException {
    if (index < next) {
      throw new IllegalArgumentException("record " + index + " after record " + (next - 1));
    }
    byte[] bytes = new byte[recordLength];
    try {
      in.skipNBytes((long) (index - next) * recordLength);
      if (in.readNBytes(bytes, 0, recordLength) < recordLength) {
        throw new EOFException();
      }
    } catch (EOFException e) {
      throw new DataException(
          file + " is truncated: record " + index + " of " + recordLength + " bytes is missing", e);
    }
    next = index + 1;
    return bytes;
  }
}
