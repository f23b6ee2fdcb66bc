// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.StoredImage;
import org.bcgd.failure.DataException;
import org.junit.jupiter.api.Test;

class ImageFolderSourceTest {

  /** Files that are their own names, listed in the order given. */
  private record NamedFiles(List<String> names) implements FileTree {

    static NamedFiles of(String... names) {
      return new NamedFiles(List.of(names));
    }

    @Override
    public List<String> list(String folder) {
      return names.stream().filter(name -> name.startsWith(folder + "/")).toList();
    }

    @Override
    public boolean contains(String name) {
      return names.contains(name);
    }

    @Override
    public long length(String name) {
      return name.length();
    }

    @Override
    public InputStream open(String name) {
      return new ByteArrayInputStream(name.getBytes());
    }

    @Override
    public String describe() {
      return "somewhere";
    }
  }

  private static final NamedFiles PHOTOGRAPHS =
      NamedFiles.of(
          "train/n2/b.jpg",
          "train/n1/c.PNG",
          "train/n1/a.JPEG",
          "train/n2/.hidden.jpg",
          "train/n1/notes.txt",
          "train/.trash/x.jpg",
          "val/n2/v.jpeg");

  @Test
  void classesAndImagesAreInTheOrderOfTheirNames() {
    ImageSource source = open(PHOTOGRAPHS, Split.TRAINING);
    assertThat(source.encoding()).isEqualTo(new ImageEncoding.Compressed());
    assertThat(source.classNames()).containsExactly("n1", "n2");
    assertThat(all(source))
        .containsExactlyEntriesOf(
            new TreeMap<>(Map.of("n1/a.JPEG", 0, "n1/c.PNG", 0, "n2/b.jpg", 1)));
  }

  @Test
  void theOrderOfTheListingDoesNotShow() {
    List<String> reversed = new ArrayList<>(PHOTOGRAPHS.names());
    Collections.reverse(reversed);
    assertThat(all(open(new NamedFiles(reversed), Split.TRAINING)))
        .containsExactlyEntriesOf(all(open(PHOTOGRAPHS, Split.TRAINING)));
  }

  @Test
  void evaluationClassesHaveTheNumbersOfTraining() {
    ImageSource source = open(PHOTOGRAPHS, Split.EVALUATION);
    assertThat(source.classNames()).containsExactly("n1", "n2");
    assertThat(all(source)).containsExactlyEntriesOf(new TreeMap<>(Map.of("n2/v.jpeg", 1)));
  }

  @Test
  void bytesAreThoseOfTheFile() {
    List<StoredImage> images = new ArrayList<>();
    open(PHOTOGRAPHS, Split.TRAINING).read(new int[] {1}, images::add);
    assertThat(images.get(0).bytes()).asString().isEqualTo("train/n1/c.PNG");
  }

  @Test
  void aClassThatTrainingDoesNotHaveIsNamed() {
    NamedFiles files = NamedFiles.of("train/n1/a.jpg", "val/n1/b.jpg", "val/n9/c.jpg");
    assertThatThrownBy(() -> open(files, Split.EVALUATION))
        .isInstanceOf(DataException.class)
        .hasMessage("the folder val in somewhere has classes that are not in train: [n9]");
  }

  @Test
  void aFolderWithoutImagesIsNamed() {
    assertThatThrownBy(() -> open(NamedFiles.of("train/n1/readme.md"), Split.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no images in the folder train in somewhere");
  }

  @Test
  void anImageOutsideOfTheClassFoldersIsNamed() {
    assertThatThrownBy(() -> open(NamedFiles.of("train/a.jpg"), Split.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train/a.jpg in somewhere lies in no class folder");
  }

  private static ImageSource open(FileTree files, Split split) {
    return DatasetFormat.IMAGE_FOLDER.open(files, split);
  }

  /** The labels by name; fails if the names do not ascend. */
  private static TreeMap<String, Integer> all(ImageSource source) {
    List<StoredImage> images = new ArrayList<>();
    source.read(IntStream.range(0, source.size()).toArray(), images::add);
    assertThat(images).extracting(StoredImage::name).isSorted();
    TreeMap<String, Integer> labels = new TreeMap<>();
    images.forEach(image -> labels.put(image.name(), image.label()));
    return labels;
  }
}
