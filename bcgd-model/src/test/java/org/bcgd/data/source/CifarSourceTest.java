// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.StoredImage;
import org.bcgd.failure.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {

  private static final int PIXELS = 3072;

  @TempDir Path folder;

  /**
   * Five files of two images; image i of file k is filled with 10 k + i and has the label k + i.
   */
  @BeforeEach
  void writeCifar10() throws IOException {
    for (int k = 1; k <= 5; k++) {
      write("data_batch_" + k + ".bin", record(10 * k, k), record(10 * k + 1, k + 1));
    }
    write("test_batch.bin", record(200, 9));
  }

  @Test
  void imagesAreNumberedThroughTheFiles() {
    ImageSource source = open(DatasetFormat.CIFAR10, Split.TRAINING);
    assertThat(source.size()).isEqualTo(10);
    assertThat(source.encoding()).isEqualTo(new ImageEncoding.Raw(new ImageShape(3, 32, 32)));
    List<StoredImage> images = read(source, 0, 3, 9);
    assertThat(images)
        .extracting(StoredImage::name)
        .containsExactly("data_batch_1.bin#0", "data_batch_2.bin#1", "data_batch_5.bin#1");
    assertThat(images).extracting(StoredImage::label).containsExactly(1, 3, 6);
    assertThat(images).extracting(image -> image.bytes()[0]).containsExactly(b(10), b(21), b(51));
    assertThat(images).allMatch(image -> image.bytes().length == PIXELS);
  }

  @Test
  void evaluationImagesAreThoseOfTheTestFile() {
    ImageSource source = open(DatasetFormat.CIFAR10, Split.EVALUATION);
    assertThat(source.size()).isEqualTo(1);
    StoredImage image = read(source, 0).get(0);
    assertThat(image.label()).isEqualTo(9);
    assertThat(image.bytes()).containsOnly(b(200));
  }

  @Test
  void pixelsKeepTheirOrder() throws IOException {
    byte[] record = record(0, 4);
    record[1] = 11; // first red
    record[1 + 1024] = 22; // first green
    record[3072] = 33; // last blue
    write("test_batch.bin", record);
    byte[] pixels = read(open(DatasetFormat.CIFAR10, Split.EVALUATION), 0).get(0).bytes();
    assertThat(new byte[] {pixels[0], pixels[1024], pixels[3071]}).containsExactly(11, 22, 33);
  }

  @Test
  void classNamesComeFromTheirFileOrAreNumbers() throws IOException {
    assertThat(open(DatasetFormat.CIFAR10, Split.TRAINING).classNames())
        .startsWith("0", "1")
        .hasSize(10);
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    assertThat(open(DatasetFormat.CIFAR10, Split.TRAINING).classNames())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\n");
    assertThatThrownBy(() -> open(DatasetFormat.CIFAR10, Split.TRAINING))
        .hasMessageContaining("batches.meta.txt in " + folder + " names 2 classes");
  }

  @Test
  void theFineLabelOfCifar100Counts() throws IOException {
    byte[] record = new byte[2 + PIXELS];
    record[0] = 19;
    record[1] = 99;
    record[2] = 77;
    write("train.bin", record);
    ImageSource source = open(DatasetFormat.CIFAR100, Split.TRAINING);
    StoredImage image = read(source, 0).get(0);
    assertThat(source.classNames()).hasSize(100);
    assertThat(image.label()).isEqualTo(99);
    assertThat(image.bytes()).hasSize(PIXELS).startsWith(77, 0);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("data_batch_3.bin"));
    assertThatThrownBy(() -> open(DatasetFormat.CIFAR10, Split.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessage("no file data_batch_3.bin in " + folder);
  }

  @Test
  void aTruncatedFileIsNamedWithItsSize() throws IOException {
    write("data_batch_2.bin", Arrays.copyOf(record(0, 0), 3000));
    assertThatThrownBy(() -> open(DatasetFormat.CIFAR10, Split.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_2.bin in " + folder + " has 3000 bytes")
        .hasMessageContaining("records of 3073 bytes");
  }

  @Test
  void aFileThatShrankSinceItWasOpenedIsTruncated() throws IOException {
    ImageSource source = open(DatasetFormat.CIFAR10, Split.TRAINING);
    write("data_batch_1.bin", record(0, 0));
    assertThatThrownBy(() -> read(source, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_1.bin in " + folder + " is truncated: record 1");
  }

  @Test
  void aLabelOutOfRangeIsNamedWithItsRecord() throws IOException {
    write("data_batch_4.bin", record(0, 3), record(0, 10));
    ImageSource source = open(DatasetFormat.CIFAR10, Split.TRAINING);
    assertThatThrownBy(() -> read(source, 7))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "record 1 of data_batch_4.bin in " + folder + " has label 10, possible are 0..9");
  }

  private ImageSource open(DatasetFormat format, Split split) {
    return format.open(PathFileTree.of(folder), split);
  }

  private void write(String name, byte[]... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] record : records) {
      bytes.writeBytes(record);
    }
    Files.write(folder.resolve(name), bytes.toByteArray());
  }

  private static byte[] record(int fill, int label) {
    byte[] record = new byte[1 + PIXELS];
    Arrays.fill(record, b(fill));
    record[0] = b(label);
    return record;
  }

  private static List<StoredImage> read(ImageSource source, int... indices) {
    List<StoredImage> images = new ArrayList<>();
    source.read(indices, images::add);
    return images;
  }

  private static byte b(int value) {
    return (byte) value;
  }
}
