// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files below a folder of this machine.
 *
 * @param folder a path; a text, because a {@link Path} cannot travel to another machine
 */
public record PathFileTree(String folder) implements FileTree {

  public static PathFileTree of(Path folder) {
    return new PathFileTree(folder.toString());
  }

  @Override
  public List<String> list(String below) throws IOException {
    Path start = Path.of(folder, below);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(start)) {
      return paths.filter(Files::isRegularFile).map(this::name).toList();
    }
  }

  @Override
  public boolean contains(String name) {
    return Files.isRegularFile(Path.of(folder, name));
  }

  @Override
  public long length(String name) throws IOException {
    return Files.size(Path.of(folder, name));
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(Path.of(folder, name));
  }

  @Override
  public String describe() {
    return folder;
  }

  private String name(Path path) {
    return StreamSupport.stream(Path.of(folder).relativize(path).spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }
}
