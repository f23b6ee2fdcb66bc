// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.bcgd.failure.SettingsException;

/** The datasets that can be read, by the names they have in settings. */
public enum DatasetFormat {
  /** CIFAR-10, binary version. */
  CIFAR10("cifar10", (tree, split) -> new CifarSource(tree, split, CifarLayout.CIFAR10)),
  /** CIFAR-100, binary version, fine labels. */
  CIFAR100("cifar100", (tree, split) -> new CifarSource(tree, split, CifarLayout.CIFAR100)),
  /** MNIST and its family. */
  IDX("idx", IdxSource::new),
  /** A folder per class with JPEG or PNG files, as ImageNet is laid out. */
  IMAGE_FOLDER("image-folder", ImageFolderSource::new),
  /** 10,000 + 2,000 images of Fashion-MNIST that ship with the program. */
  FASHION_MNIST_SAMPLE("fashion-mnist-sample", IdxSource::new);

  private static final FileTree SAMPLE =
      new ResourceFileTree(
          "fashion-mnist",
          List.of(
              "LICENSE",
              "README",
              "class-names.txt",
              "t10k-images-idx3-ubyte.gz",
              "t10k-labels-idx1-ubyte.gz",
              "train-images-idx3-ubyte.gz",
              "train-labels-idx1-ubyte.gz"));

  private final String settingsName;
  private final BiFunction<FileTree, Split, ImageSource> opening;

  DatasetFormat(String settingsName, BiFunction<FileTree, Split, ImageSource> opening) {
    this.settingsName = settingsName;
    this.opening = opening;
  }

  /** The format of this name, as {@link #settingsName} gives it. */
  public static DatasetFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.settingsName.equals(name))
        .findFirst()
        .orElseThrow(() -> new SettingsException("no dataset format " + name + ": " + known()));
  }

  public String settingsName() {
    return settingsName;
  }

  /** The files of a dataset that ships with the program; empty for those that lie elsewhere. */
  public Optional<FileTree> embeddedFiles() {
    return this == FASHION_MNIST_SAMPLE ? Optional.of(SAMPLE) : Optional.empty();
  }

  /**
   * Opens one split: finds its files and reads what is needed to number its images.
   *
   * @throws org.bcgd.failure.DataException if files are missing, damaged or of another format
   */
  public ImageSource open(FileTree files, Split split) {
    return opening.apply(files, split);
  }

  private static String known() {
    return Arrays.stream(values())
        .map(DatasetFormat::settingsName)
        .collect(Collectors.joining(", ", "known are ", ""));
  }
}
