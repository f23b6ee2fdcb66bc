// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform.integrity;

import java.util.Optional;

/** Whether a JPEG or PNG file is whole. */
public final class FileIntegrity {

  private FileIntegrity() {}

  /**
   * What structure and checksums show to be wrong with a file, without making pixels of it; empty
   * if nothing is, and for files of other formats.
   */
  public static Optional<String> defect(byte[] file) {
    if (JpegIntegrity.isJpeg(file)) {
      return JpegIntegrity.defect(file);
    }
    return PngIntegrity.isPng(file) ? PngIntegrity.defect(file) : Optional.empty();
  }
}
