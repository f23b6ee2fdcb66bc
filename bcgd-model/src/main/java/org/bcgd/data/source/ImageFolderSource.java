// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.StoredImage;
import org.bcgd.failure.DataException;

/**
 * Photographs as ImageNet is laid out: train/ and val/, in each a folder for each class, in these
 * JPEG or PNG files. Classes are numbered in the order of their names. Hidden files and files of
 * other kinds are passed over.
 */
final class ImageFolderSource implements ImageSource {

  private static final long serialVersionUID = 1;
  private static final String TRAINING = "train";
  private static final String EVALUATION = "val";

  private final DatasetFiles files;
  private final String folder;
  private final String[] names; // [N], relative to the folder of the split: class/file
  private final int[] labels; // [N]
  private final List<String> classNames;

  ImageFolderSource(FileTree tree, Split split) {
    this.files = new DatasetFiles(tree);
    this.folder = split == Split.TRAINING ? TRAINING : EVALUATION;
    List<String> images = images(folder);
    this.names = images.toArray(String[]::new);
    List<String> training = split == Split.TRAINING ? images : images(TRAINING);
    this.classNames = List.copyOf(classesOf(training));
    checkClasses(classesOf(images));
    Map<String, Integer> numbers = new HashMap<>();
    classNames.forEach(name -> numbers.put(name, numbers.size()));
    this.labels = Arrays.stream(names).mapToInt(name -> numbers.get(classOf(name))).toArray();
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public ImageEncoding encoding() {
    return new ImageEncoding.Compressed();
  }

  @Override
  public void read(int[] ascendingIndices, Consumer<StoredImage> consumer) {
    for (int index : ascendingIndices) {
      byte[] bytes = files.read(folder + "/" + names[index], InputStream::readAllBytes);
      consumer.accept(new StoredImage(bytes, labels[index], names[index]));
    }
  }

  private List<String> images(String split) {
    List<String> images =
        files.list(split).stream()
            .map(name -> name.substring(split.length() + 1))
            .filter(ImageFolderSource::isImage)
            .toList();
    if (images.isEmpty()) {
      throw new DataException(
          "no images in the folder "
              + files.path(split)
              + ": expected "
              + split
              + "/CLASS/*.jpg, *.jpeg or *.png");
    }
    for (String image : images) {
      if (image.indexOf('/') < 0) {
        throw new DataException(
            files.path(split + "/" + image) + " lies in no class folder: move or remove it");
      }
    }
    return images;
  }

  private void checkClasses(Set<String> classes) {
    Set<String> unknown = new TreeSet<>(classes);
    unknown.removeAll(classNames);
    if (!unknown.isEmpty()) {
      throw new DataException(
          "the folder "
              + files.path(folder)
              + " has classes that are not in "
              + TRAINING
              + ": "
              + unknown);
    }
  }

  private static Set<String> classesOf(List<String> images) {
    Set<String> classes = new TreeSet<>();
    images.forEach(image -> classes.add(classOf(image)));
    return classes;
  }

  private static String classOf(String image) {
    return image.substring(0, image.indexOf('/'));
  }

  private static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean hidden = lower.startsWith(".") || lower.contains("/.");
    return !hidden && (lower.endsWith(".jpg") || lower.endsWith(".jpeg") || lower.endsWith(".png"));
  }
}
