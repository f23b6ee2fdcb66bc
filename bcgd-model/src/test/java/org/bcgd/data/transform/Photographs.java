// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Image files for tests, written by the JDK. */
final class Photographs {

  private Photographs() {}

  /** An image with structure everywhere, so that its file has data everywhere. */
  static BufferedImage textured(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 127 + (int) (100 * Math.sin(x * 0.7 + y * 0.2));
        int green = 127 + (int) (100 * Math.cos(x * 0.1 - y * 0.9));
        int blue = (x * 5 + y * 3) & 0xFF;
        image.setRGB(x, y, 0xFF << 24 | red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  /** All pixels of one colour. */
  static BufferedImage plain(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb);
    }
    return image;
  }

  static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IllegalArgumentException(format);
    }
    return out.toByteArray();
  }

  /** A JPEG of four components, as print shops make them. */
  static byte[] cmykFile(int width, int height) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
    for (int i = 0; i < width * height; i++) {
      raster.setPixel(i % width, i / width, new int[] {10, 200, 100, 30});
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
