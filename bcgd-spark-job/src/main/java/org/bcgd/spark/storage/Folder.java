// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.bcgd.failure.StorageException;

/** A folder on any Hadoop file system. A file appears under its name only when it is complete. */
public final class Folder {

  private final FileSystem fileSystem;
  private final Path path;

  private Folder(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The folder at a URI or path, which need not exist yet.
   *
   * @throws StorageException if its file system is not known or does not answer
   */
  public static Folder at(String uri, Configuration configuration) {
    try {
      Path path = new Path(uri);
      FileSystem fileSystem = FileSystemLookup.of(path, configuration);
      // What lies here has checksums of its own: Hadoop's .crc files beside it would only clutter.
      FileSystem plain =
          fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
      return new Folder(plain, plain.makeQualified(path));
    } catch (IOException | IllegalArgumentException e) {
      throw new StorageException("The folder " + uri + " cannot be reached: " + e.getMessage(), e);
    }
  }

  /** A folder inside this one. */
  public Folder folder(String name) {
    return new Folder(fileSystem, new Path(path, name));
  }

  /** Writes a whole file, replacing what had its name. */
  public void write(String name, Content content) {
    Path target = new Path(path, name);
    try {
      fileSystem.mkdirs(path);
      new WholeFile(fileSystem, target).write(content);
    } catch (IOException e) {
      throw new StorageException(
          "The file "
              + target
              + " cannot be written: "
              + e.getMessage()
              + ". Choose a folder that you may write to, or make room.",
          e);
    }
  }

  /** Whether a file here is seen only once it is closed, as in an object store. */
  boolean showsWhenClosed() throws IOException {
    return WholeFile.isShownWhenClosed(fileSystem, path);
  }

  /** Opens a file that grows line by line, starting empty; what is flushed is on disk. */
  FSDataOutputStream grow(String name) throws IOException {
    fileSystem.mkdirs(path);
    return fileSystem.create(new Path(path, name), true);
  }

  /** Opens a file. */
  public InputStream open(String name) throws IOException {
    return fileSystem.open(new Path(path, name));
  }

  /** What is made of a file's bytes. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /**
   * What {@code reader} makes of one file, wherever it lies.
   *
   * @throws StorageException if it cannot be read
   */
  public static <T> T read(String uri, Configuration configuration, Reader<T> reader) {
    try (InputStream in = open(uri, configuration)) {
      return reader.read(in);
    } catch (IOException e) {
      throw new StorageException("The file " + uri + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream open(String uri, Configuration configuration) throws IOException {
    try {
      Path path = new Path(uri);
      return FileSystemLookup.of(path, configuration).open(path);
    } catch (IllegalArgumentException e) { // what Hadoop makes of a name that is no URI
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * The text of one file, wherever it lies.
   *
   * @throws StorageException if it cannot be read
   */
  public static String textOf(String uri, Configuration configuration) {
    return read(uri, configuration, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
  }

  public boolean holds(String name) {
    try {
      return fileSystem.exists(new Path(path, name));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The names of the complete files in it, sorted; none if the folder does not exist. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem.listStatus(path)) {
        String name = status.getPath().getName();
        if (status.isFile() && !name.startsWith(".")) {
          names.add(name);
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(e);
    }
    names.sort(null);
    return names;
  }

  public void delete(String name) {
    try {
      fileSystem.delete(new Path(path, name), false);
    } catch (IOException e) {
      throw new StorageException(
          "The file " + new Path(path, name) + " cannot be deleted: " + e.getMessage(), e);
    }
  }

  /** The full name of a file in it, for messages. */
  public String nameOf(String name) {
    return new Path(path, name).toString();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /** What a refusal asks for, of which S3A and HDFS tell by an exception each. */
  private static String remedy(IOException e) {
    return e instanceof AccessDeniedException || e instanceof AccessControlException
        ? ". Check the credentials that Hadoop has for it, and their rights."
        : "";
  }

  private StorageException unreadable(IOException e) {
    return new StorageException(
        "The folder " + path + " cannot be read: " + e.getMessage() + remedy(e), e);
  }
}
