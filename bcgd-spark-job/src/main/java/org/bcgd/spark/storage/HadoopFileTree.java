// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.bcgd.data.source.FileTree;
import org.bcgd.failure.StorageException;

/** The files below a folder of any Hadoop file system; it travels with its configuration. */
public final class HadoopFileTree implements FileTree {

  private static final long serialVersionUID = 1;

  private final String root;
  private final HadoopConfiguration configuration;

  private HadoopFileTree(String root, HadoopConfiguration configuration) {
    this.root = root;
    this.configuration = configuration;
  }

  /**
   * The files below a URI or path.
   *
   * @throws StorageException if its file system is not known or does not answer
   */
  public static HadoopFileTree at(String uri, Configuration configuration) {
    try {
      Path path = new Path(uri);
      // Qualified here, on the driver: an executor may have another working folder.
      String root = FileSystemLookup.of(path, configuration).makeQualified(path).toString();
      return new HadoopFileTree(root, new HadoopConfiguration(configuration));
    } catch (IOException | IllegalArgumentException e) {
      throw new StorageException("The folder " + uri + " cannot be reached: " + e.getMessage(), e);
    }
  }

  /** The files below a folder of these. */
  public HadoopFileTree below(String folder) {
    return new HadoopFileTree(path(folder).toString(), configuration);
  }

  @Override
  public List<String> list(String folder) throws IOException {
    Path start = folder.isEmpty() ? new Path(root) : path(folder);
    List<String> names = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> files = fileSystem().listFiles(start, true);
      while (files.hasNext()) {
        names.add(files.next().getPath().toString().substring(root.length() + 1));
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return names;
  }

  @Override
  public boolean contains(String name) throws IOException {
    try {
      return fileSystem().getFileStatus(path(name)).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public long length(String name) throws IOException {
    return fileSystem().getFileStatus(path(name)).getLen();
  }

  @Override
  public InputStream open(String name) throws IOException {
    return fileSystem().open(path(name));
  }

  @Override
  public String describe() {
    return root;
  }

  private Path path(String name) {
    return new Path(root, name);
  }

  private FileSystem fileSystem() throws IOException {
    return FileSystemLookup.of(new Path(root), configuration.value());
  }
}
