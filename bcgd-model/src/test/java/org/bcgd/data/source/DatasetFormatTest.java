// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bcgd.failure.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFormatTest {

  private static final DatasetFormat SAMPLE = DatasetFormat.FASHION_MNIST_SAMPLE;

  @Test
  void namesInSettingsFindTheirFormat() {
    for (DatasetFormat format : DatasetFormat.values()) {
      assertThat(DatasetFormat.named(format.settingsName())).isSameAs(format);
    }
    assertThatThrownBy(() -> DatasetFormat.named("cifar"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "no dataset format cifar: known are cifar10, cifar100, idx, image-folder,"
                + " fashion-mnist-sample");
  }

  @Test
  void theSampleHasAThousandTrainingImagesOfEachClass() {
    assertThat(histogram(Split.TRAINING)).containsOnly(1000).hasSize(10);
  }

  @Test
  void theSampleHasTwoHundredTestImagesOfEachClass() {
    assertThat(histogram(Split.EVALUATION)).containsOnly(200).hasSize(10);
  }

  @Test
  void theSampleNamesItsClasses() {
    assertThat(open(Split.TRAINING).classNames()).startsWith("T-shirt/top").endsWith("Ankle boot");
  }

  /** The first training image of Fashion-MNIST is an ankle boot whose pixels sum to 76,247. */
  @Test
  void theSampleStartsAsTheOriginalDoes() {
    open(Split.TRAINING)
        .read(
            new int[] {0},
            image -> {
              assertThat(image.label()).isEqualTo(9);
              assertThat(IntStream.range(0, 784).map(i -> image.bytes()[i] & 0xFF).sum())
                  .isEqualTo(76_247);
            });
  }

  @Test
  void theSampleCarriesItsLicence() throws IOException {
    try (InputStream licence = SAMPLE.embeddedFiles().orElseThrow().open("LICENSE")) {
      assertThat(new String(licence.readAllBytes()))
          .contains("MIT License", "Copyright (c) 2017 Zalando SE", "shall be included in all");
    }
  }

  @Test
  void everyEmbeddedFileIsThere() throws IOException {
    FileTree files = SAMPLE.embeddedFiles().orElseThrow();
    for (String name : files.list("")) {
      assertThat(files.length(name)).as(name).isPositive();
    }
  }

  @Test
  void otherFormatsHaveNoEmbeddedFiles() {
    assertThat(DatasetFormat.IDX.embeddedFiles()).isEmpty();
  }

  @Test
  void aFolderIsListedWithNamesRelativeToIt(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/x"), "four");
    Files.writeString(folder.resolve("y"), "");
    FileTree files = PathFileTree.of(folder);
    assertThat(files.list("")).containsExactlyInAnyOrder("a/b/x", "y");
    assertThat(files.list("a")).containsExactly("a/b/x");
    assertThat(files.list("absent")).isEmpty();
    assertThat(files.length("a/b/x")).isEqualTo(4);
  }

  @Test
  void aSourceTravelsToAnotherMachine() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(open(Split.EVALUATION));
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    ImageSource copy = (ImageSource) in.readObject();
    assertThat(read(copy, 1999)).isEqualTo(read(open(Split.EVALUATION), 1999));
  }

  private static String read(ImageSource source, int index) {
    StringBuilder text = new StringBuilder();
    source.read(
        new int[] {index},
        image -> text.append(image.name()).append(Arrays.toString(image.bytes())));
    return text.toString();
  }

  private static ImageSource open(Split split) {
    return SAMPLE.open(SAMPLE.embeddedFiles().orElseThrow(), split);
  }

  private static int[] histogram(Split split) {
    ImageSource source = open(split);
    int[] counts = new int[source.classNames().size()];
    source.read(
        IntStream.range(0, source.size()).toArray(),
        image -> {
          assertThat(image.bytes()).hasSize(28 * 28);
          counts[image.label()]++;
        });
    return counts;
  }
}
