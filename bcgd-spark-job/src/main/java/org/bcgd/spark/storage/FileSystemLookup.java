// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/** Which file system a URI names. */
final class FileSystemLookup {

  private FileSystemLookup() {}

  /**
   * The file system of a path.
   *
   * @throws IOException if it does not answer, or if its library is not on the class path
   */
  static FileSystem of(Path path, Configuration configuration) throws IOException {
    try {
      return path.getFileSystem(configuration);
    } catch (UnsupportedFileSystemException | LinkageError e) {
      throw withoutLibrary(path, e);
    } catch (RuntimeException e) { // around a class that Hadoop's own settings name
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw withoutLibrary(path, missing);
      }
      throw e;
    }
  }

  private static IOException withoutLibrary(Path path, Throwable missing) {
    return new IOException(
        "the library of %s:// is not on the class path, or not all of it (%s). For s3a:// start with --packages org.apache.hadoop:hadoop-aws:%s before the verb."
            .formatted(path.toUri().getScheme(), missing.getMessage(), VersionInfo.getVersion()),
        missing);
  }
}
