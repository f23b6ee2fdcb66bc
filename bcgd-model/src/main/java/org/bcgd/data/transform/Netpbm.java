// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bcgd.data.ImageShape;

/**
 * Raw pixels as an image file that {@link ImageDecoder} reads: binary PGM for greyscale, binary PPM
 * for colour. Nothing is lost and nothing compressed.
 *
 * @see <a href="https://netpbm.sourceforge.net/doc/ppm.html">the format PPM</a>
 */
public final class Netpbm {

  private Netpbm() {}

  /**
   * The file of an image.
   *
   * @param planes unsigned bytes [C, H, W]
   */
  public static byte[] ofPlanes(ImageShape shape, byte[] planes) {
    byte[] header =
        "P%d %d %d 255\n"
            .formatted(shape.channels() == 1 ? 5 : 6, shape.width(), shape.height())
            .getBytes(StandardCharsets.US_ASCII);
    byte[] pixels = Pixels.ofPlanes(shape, planes).values();
    byte[] file = Arrays.copyOf(header, header.length + pixels.length);
    System.arraycopy(pixels, 0, file, header.length, pixels.length);
    return file;
  }
}
