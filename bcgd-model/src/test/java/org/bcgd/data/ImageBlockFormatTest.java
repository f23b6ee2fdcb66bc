// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.bcgd.failure.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageBlockFormatTest {

  private static final ImageEncoding FILES = new ImageEncoding.Compressed();

  /** Two images of 3 and 1 bytes, written by hand from the format's description. */
  private static byte[] golden() {
    ByteBuffer file = ByteBuffer.allocate(8 + 4 * 6 + 4 * 2 + 4 * 2 + 4 + 4);
    file.put("BCGDIMGS".getBytes(StandardCharsets.US_ASCII)).putInt(1);
    file.putInt(0).putInt(0).putInt(0);
    file.putInt(2).putInt(4);
    file.putInt(3).putInt(1);
    file.putInt(5).putInt(600);
    file.put(new byte[] {1, 2, 3, 4});
    return sealed(file.array());
  }

  private static byte[] sealed(byte[] file) {
    CRC32C crc = new CRC32C();
    crc.update(file, 0, file.length - 4);
    ByteBuffer.wrap(file).putInt(file.length - 4, (int) crc.getValue());
    return file;
  }

  @Test
  void theGoldenFileIsWritten() throws IOException {
    ImageBlock block =
        new ImageBlock.Builder(FILES, 99)
            .add(new byte[] {1, 2, 3}, 5)
            .add(new byte[] {4}, 600)
            .build();
    assertThat(written(block)).isEqualTo(golden());
  }

  @Test
  void theGoldenFileIsRead() throws IOException {
    ImageBlock block = read(golden());
    assertThat(block.size()).isEqualTo(2);
    assertThat(block.encoding()).isEqualTo(FILES);
    assertThat(block.image(0)).containsExactly(1, 2, 3);
    assertThat(block.image(1)).containsExactly(4);
    assertThat(block.label(1)).isEqualTo(600);
  }

  @Test
  void rawImagesComeBack() throws IOException {
    ImageEncoding raw = new ImageEncoding.Raw(new ImageShape(3, 1, 2));
    ImageBlock block =
        new ImageBlock.Builder(raw, 99).add(new byte[] {1, 2, 3, 4, 5, -6}, 255).build();
    assertThat(read(written(block))).usingRecursiveComparison().isEqualTo(block);
  }

  @Test
  void everyTruncationIsFound() {
    byte[] file = golden();
    for (int length = 0; length < file.length; length++) {
      byte[] truncated = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(truncated))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("part-3.images is truncated");
    }
  }

  @Test
  void everyFlippedBitIsFound() {
    for (int bit = 0; bit < 8 * golden().length; bit++) {
      byte[] file = golden();
      file[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> read(file))
          .as("bit %d", bit)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("part-3.images");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8, 2, has format version 2",
    "12, 4, images of 4 x 0 x 0",
    "16, -1, height is -1",
    "24, 0, number of images is 0",
    "24, 2000000000, number of images is 2000000000",
    "28, -5, number of bytes is -5",
    "28, 2147483647, number of bytes is 2147483647",
    "32, -1, length of an image is -1",
    "32, 4, images of 5 bytes in 4",
    "36, 0, images of 3 bytes in 4"
  })
  void absurdNumbersAreNamedThoughTheChecksumFits(int position, int value, String message) {
    byte[] file = golden();
    ByteBuffer.wrap(file).putInt(position, value);
    sealed(file);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("part-3.images")
        .hasMessageContaining(message);
  }

  @Test
  void aCountThatTheFileDoesNotHoldReservesNoMemoryForIt() {
    byte[] file = golden();
    ByteBuffer.wrap(file).putInt(24, 1 << 26).putInt(28, 1 << 30);
    assertThatThrownBy(() -> read(file)).hasMessageContaining("truncated");
  }

  @Test
  void bytesAfterTheEndAreFound() {
    byte[] longer = Arrays.copyOf(golden(), golden().length + 1);
    assertThatThrownBy(() -> read(longer))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bytes after the end");
  }

  private static byte[] written(ImageBlock block) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageBlockFormat.write(block, out);
    return out.toByteArray();
  }

  private static ImageBlock read(byte[] file) throws IOException {
    return ImageBlockFormat.read(new ByteArrayInputStream(file), "part-3.images");
  }

  @Test
  void floatsHaveNoFile() {
    ImageBlock floats =
        new ImageBlock.Builder(new ImageEncoding.Floats(new ImageShape(1, 1, 2)), 100)
            .add(new byte[8], 0)
            .build();

    assertThatThrownBy(() -> ImageBlockFormat.write(floats, new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("floats of 1 x 1 x 2");
  }
}
