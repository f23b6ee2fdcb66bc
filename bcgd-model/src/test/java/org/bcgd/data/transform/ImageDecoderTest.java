// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.DataException;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  @Test
  void aPngComesBackExactlyRedGreenBlue() throws IOException {
    BufferedImage image = Photographs.textured(5, 3, BufferedImage.TYPE_INT_RGB);
    Pixels pixels = ImageDecoder.decode(Photographs.file(image, "png"));
    assertThat(pixels.shape()).isEqualTo(new ImageShape(3, 3, 5));
    for (int i = 0; i < 15; i++) {
      int rgb = image.getRGB(i % 5, i / 5);
      assertThat(Arrays.copyOfRange(pixels.values(), 3 * i, 3 * i + 3))
          .containsExactly((byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb);
    }
  }

  @Test
  void aJpegIsWhatTheOtherDecoderSeesUpToRounding() throws IOException {
    byte[] file = jpeg(BufferedImage.TYPE_INT_RGB);
    BufferedImage expected = ImageIO.read(new ByteArrayInputStream(file));
    Pixels pixels = ImageDecoder.decode(file);
    int worst = 0;
    for (int i = 0; i < 64 * 48; i++) {
      int rgb = expected.getRGB(i % 64, i / 64);
      for (int channel = 0; channel < 3; channel++) {
        int seen = pixels.values()[3 * i + channel] & 0xFF;
        worst = Math.max(worst, Math.abs(seen - (rgb >> (16 - 8 * channel) & 0xFF)));
      }
    }
    assertThat(worst).isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png"})
  void greyscaleBecomesThreeEqualChannels(String format) throws IOException {
    byte[] file =
        Photographs.file(Photographs.textured(64, 48, BufferedImage.TYPE_BYTE_GRAY), format);
    assertThat(ImageDecoder.defect(file)).isEmpty();
    byte[] values = ImageDecoder.decode(file).values();
    assertThat(values).hasSize(64 * 48 * 3);
    for (int i = 0; i < values.length; i += 3) {
      assertThat(values[i]).isEqualTo(values[i + 1]).isEqualTo(values[i + 2]);
    }
  }

  @Test
  void paletteAndTransparencyBecomeThreeChannels() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_INT_ARGB}) {
      byte[] file = Photographs.file(Photographs.textured(8, 6, type), "png");
      assertThat(ImageDecoder.defect(file)).isEmpty();
      assertThat(ImageDecoder.decode(file).shape()).isEqualTo(new ImageShape(3, 6, 8));
    }
  }

  @Test
  void cmykBecomesThreeChannels() throws IOException {
    byte[] file = Photographs.cmykFile(16, 8);
    assertThat(ImageDecoder.defect(file)).isEmpty();
    assertThat(ImageDecoder.decode(file).shape()).isEqualTo(new ImageShape(3, 8, 16));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png"})
  void aWholeFileHasNoDefect(String format) throws IOException {
    byte[] file =
        Photographs.file(Photographs.textured(64, 48, BufferedImage.TYPE_INT_RGB), format);
    assertThat(ImageDecoder.defect(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png"})
  void aFileCutAnywhereIsDefect(String format) throws IOException {
    byte[] file =
        Photographs.file(Photographs.textured(64, 48, BufferedImage.TYPE_INT_RGB), format);
    for (int length = 0; length < file.length; length += 1 + length / 8) {
      assertThat(ImageDecoder.defect(Arrays.copyOf(file, length)))
          .as("%d bytes", length)
          .isPresent();
    }
    assertThat(ImageDecoder.defect(Arrays.copyOf(file, file.length - 1))).isPresent();
  }

  @Test
  void aJpegCutInHalfAndClosedAgainIsDefect() throws IOException {
    byte[] file = jpeg(BufferedImage.TYPE_INT_RGB);
    byte[] half = Arrays.copyOf(file, file.length / 2);
    half[half.length - 2] = (byte) 0xFF;
    half[half.length - 1] = (byte) 0xD9;
    assertThat(ImageDecoder.defect(half))
        .hasValueSatisfying(reason -> assertThat(reason).contains("premature end"));
  }

  @Test
  void garbageInsideOfAJpegIsDefect() throws IOException {
    byte[] file = jpeg(BufferedImage.TYPE_INT_RGB);
    int found = 0;
    for (int seed = 0; seed < 20; seed++) {
      byte[] garbage = new byte[300];
      for (int i = 0; i < garbage.length; i++) {
        garbage[i] = (byte) RandomKey.of(seed).with(i).value();
      }
      byte[] damaged = file.clone();
      System.arraycopy(garbage, 0, damaged, file.length / 2, garbage.length);
      found += ImageDecoder.defect(damaged).isPresent() ? 1 : 0;
    }
    assertThat(found).isEqualTo(20);
  }

  @Test
  void aFlippedBitInAPngIsDefect() throws IOException {
    byte[] file = Photographs.file(Photographs.textured(64, 48, BufferedImage.TYPE_INT_RGB), "png");
    file[file.length / 2] ^= 16;
    assertThat(ImageDecoder.defect(file))
        .hasValueSatisfying(reason -> assertThat(reason).contains("wrong checksum of the chunk"));
  }

  @Test
  void whatIsNoImageIsDefect() {
    assertThat(ImageDecoder.defect(new byte[0])).hasValue("the file is empty");
    assertThat(ImageDecoder.defect("<html>not found</html>".getBytes())).isPresent();
    assertThatThrownBy(() -> ImageDecoder.decode(new byte[100])).isInstanceOf(DataException.class);
  }

  private static byte[] jpeg(int type) throws IOException {
    return Photographs.file(Photographs.textured(64, 48, type), "jpeg");
  }
}
