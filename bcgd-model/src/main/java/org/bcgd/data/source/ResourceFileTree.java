// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;

/**
 * Files that ship with the program. A class path cannot be listed, so the names are given.
 *
 * @param folder where they lie, relative to this package
 * @param names of all files in it
 */
record ResourceFileTree(String folder, List<String> names) implements FileTree {

  @Override
  public List<String> list(String below) {
    return names.stream().filter(name -> below.isEmpty() || name.startsWith(below + "/")).toList();
  }

  @Override
  public boolean contains(String name) {
    return names.contains(name);
  }

  @Override
  public long length(String name) throws IOException {
    return url(name).openConnection().getContentLengthLong();
  }

  @Override
  public InputStream open(String name) throws IOException {
    return url(name).openStream();
  }

  @Override
  public String describe() {
    return "the " + folder + " files of this program";
  }

  private URL url(String name) throws FileNotFoundException {
    URL url = ResourceFileTree.class.getResource(folder + "/" + name);
    if (url == null) {
      throw new FileNotFoundException(folder + "/" + name + " is missing from this program");
    }
    return url;
  }
}
