// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform.integrity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Whether a JPEG file is whole. The JDK's decoder reports what OpenCV's hides: that the data ended
 * early, or did not fit the codes. It reads the components as they are, so that any colour space
 * passes. A wrong byte that is as good a code as the right one cannot be told: JPEG has no
 * checksum.
 */
final class JpegIntegrity {

  /** How the decoder begins when image data, and not only a profile or a note, is damaged. */
  private static final List<String> DAMAGE =
      List.of("Corrupt JPEG data", "Truncated File", "Premature end");

  private static final long MAX_PIXELS = 1L << 27;

  private JpegIntegrity() {}

  static boolean isJpeg(byte[] file) {
    return file.length > 2 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xD8;
  }

  /** What is wrong with the file, in the decoder's words. */
  static Optional<String> defect(byte[] file) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    List<String> warnings = new ArrayList<>();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MAX_PIXELS) {
        return Optional.of(pixels + " pixels, at most " + MAX_PIXELS + " are read");
      }
      reader.readRaster(0, null);
      return damage(warnings);
    } catch (IOException e) {
      return damage(warnings).or(() -> Optional.of(String.valueOf(e.getMessage())));
    } finally {
      reader.dispose();
    }
  }

  private static Optional<String> damage(List<String> warnings) {
    return warnings.stream()
        .filter(warning -> DAMAGE.stream().anyMatch(warning::startsWith))
        .findFirst();
  }
}
