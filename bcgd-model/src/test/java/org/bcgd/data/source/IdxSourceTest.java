// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.StoredImage;
import org.bcgd.failure.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxSourceTest {

  /** Three images of 2 x 2 pixels. */
  private static final int[] IMAGES = {
    0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2, //
    1, 2, 3, 4, 5, 6, 7, 8, 250, 251, 252, 253
  };

  private static final int[] LABELS = {0, 0, 8, 1, 0, 0, 0, 3, 2, 0, 1};

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    write("train-images-idx3-ubyte", IMAGES);
    write("train-labels-idx1-ubyte", LABELS);
  }

  @Test
  void imagesAndLabelsComeInFileOrder() {
    ImageSource source = open(Split.TRAINING);
    assertThat(source.size()).isEqualTo(3);
    assertThat(source.classNames()).containsExactly("0", "1", "2");
    assertThat(source.encoding()).isEqualTo(new ImageEncoding.Raw(new ImageShape(1, 2, 2)));
    List<StoredImage> images = read(source, 0, 2);
    assertThat(images.get(0).bytes()).containsExactly(1, 2, 3, 4);
    assertThat(images.get(0).label()).isEqualTo(2);
    assertThat(images.get(1).bytes())
        .containsExactly((byte) 250, (byte) 251, (byte) 252, (byte) 253);
    assertThat(images.get(1).label()).isEqualTo(1);
    assertThat(images.get(1).name()).isEqualTo("train-images-idx3-ubyte#2");
  }

  @Test
  void packedFilesAndLongerNamesWillDo() throws IOException {
    pack("emnist-letters-test-images-idx3-ubyte.gz", IMAGES);
    pack("emnist-letters-test-labels-idx1-ubyte.gz", LABELS);
    assertThat(read(open(Split.EVALUATION), 1).get(0).bytes()).containsExactly(5, 6, 7, 8);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> open(Split.EVALUATION))
        .isInstanceOf(DataException.class)
        .hasMessage("no file t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz in " + folder);
  }

  @Test
  void twoFilesOfOneKindAreOneTooMany() throws IOException {
    pack("train-images-idx3-ubyte.gz", IMAGES);
    assertThatThrownBy(() -> open(Split.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte, train-images-idx3-ubyte.gz");
  }

  @Test
  void aWrongMagicNumberIsNamed() throws IOException {
    int[] wrong = LABELS.clone();
    wrong[3] = 3;
    write("train-labels-idx1-ubyte", wrong);
    assertThatThrownBy(() -> open(Split.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-labels-idx1-ubyte in " + folder)
        .hasMessageContaining("0x00000803");
  }

  @Test
  void imagesAndLabelsMustBeAsMany() throws IOException {
    write("train-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 2, 2, 0);
    assertThatThrownBy(() -> open(Split.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3 images for 2 labels");
  }

  @Test
  void truncatedFilesAreNamed() throws IOException {
    write("train-images-idx3-ubyte", Arrays.copyOf(IMAGES, 25));
    ImageSource source = open(Split.TRAINING);
    assertThat(read(source, 0, 1)).hasSize(2);
    assertThatThrownBy(() -> read(source, 2))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte in " + folder + " is truncated: record 2");
    write("train-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 3, 2);
    assertThatThrownBy(() -> open(Split.TRAINING)).hasMessageContaining("1 labels of 3");
    write("train-labels-idx1-ubyte", 0, 0, 8, 1, 0);
    assertThatThrownBy(() -> open(Split.TRAINING)).hasMessageContaining("truncated in its header");
  }

  @Test
  void aTruncatedPackedFileIsNamed() throws IOException {
    pack("t10k-labels-idx1-ubyte.gz", LABELS);
    Path file = folder.resolve("t10k-labels-idx1-ubyte.gz");
    byte[] packed = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(packed, packed.length / 2));
    write("t10k-images-idx3-ubyte", IMAGES);
    assertThatThrownBy(() -> open(Split.EVALUATION))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("t10k-labels-idx1-ubyte.gz in " + folder);
  }

  @Test
  void aTestLabelThatTrainingNeverShowsIsNamed() throws IOException {
    write("t10k-images-idx3-ubyte", IMAGES);
    write("t10k-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 3, 2, 7, 1);
    assertThatThrownBy(() -> open(Split.EVALUATION))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "record 1 of t10k-labels-idx1-ubyte in "
                + folder
                + " has label 7, the training labels are 0..2");
  }

  private ImageSource open(Split split) {
    return DatasetFormat.IDX.open(PathFileTree.of(folder), split);
  }

  private void write(String name, int... bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      for (int value : bytes) {
        out.write(value);
      }
    }
  }

  private void pack(String name, int... bytes) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      for (int value : bytes) {
        out.write(value);
      }
    }
  }

  private static List<StoredImage> read(ImageSource source, int... indices) {
    List<StoredImage> images = new ArrayList<>();
    source.read(indices, images::add);
    return images;
  }
}
