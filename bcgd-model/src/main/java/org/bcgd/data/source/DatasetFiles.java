// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.bcgd.failure.DataException;

/** The files of a dataset, with failures that say which file of which place. */
record DatasetFiles(FileTree tree) implements Serializable {

  /** Reads something of an open file. */
  interface Reading<T> {
    T from(InputStream in) throws IOException;
  }

  /** The names of all files below a folder, sorted, so that no listing order shows. */
  List<String> list(String folder) {
    try {
      return tree.list(folder).stream().sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The length of a file in bytes; a missing file is an error. */
  long length(String name) {
    try {
      if (!tree.contains(name)) {
        throw new DataException("no file " + name + " in " + tree.describe());
      }
      return tree.length(name);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Opens a file, unpacks it if its name ends in .gz, reads from it and closes it. */
  <T> T read(String name, Reading<T> reading) {
    try (InputStream in = new BufferedInputStream(tree.open(name), 1 << 16);
        InputStream content = name.endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in) {
      return reading.from(content);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** The lines of a text file that are not blank, if there is such a file. */
  Optional<List<String>> lines(String name) {
    try {
      if (!tree.contains(name)) {
        return Optional.empty();
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    String text = read(name, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
    return Optional.of(text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  /** The class names that a text file lists, or else the labels themselves. */
  List<String> classNames(String file, int classes) {
    List<String> names = lines(file).orElseGet(() -> labels(classes));
    if (names.size() != classes) {
      throw new DataException(
          path(file) + " names " + names.size() + " classes, the dataset has " + classes);
    }
    return names;
  }

  /** How a message names a file. */
  String path(String name) {
    return name + " in " + tree.describe();
  }

  private static List<String> labels(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  private DataException unreadable(String name, IOException e) {
    return new DataException("cannot read " + path(name) + ": " + e.getMessage(), e);
  }
}
