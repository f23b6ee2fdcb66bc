// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.io.IOException;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * A file that is there only when it is complete, and at any time while it is replaced.
 *
 * <p>A file system, HDFS or a local one, shows a file while it is written: it is written aside and
 * renamed. An object store shows an object when its last byte has come, at once and in place of an
 * older one, whereas its renaming is copying and deleting: there it is written under its own name.
 */
record WholeFile(FileSystem fileSystem, Path target) {

  private static final String ASIDE = ".writing";

  /**
   * Whether what is written to a path is there only once it is closed, which is when Hadoop lets a
   * writer abandon it.
   */
  static boolean isShownWhenClosed(FileSystem fileSystem, Path path) throws IOException {
    return fileSystem.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
  }

  void write(Folder.Content content) throws IOException {
    if (isShownWhenClosed(fileSystem, target)) {
      put(content);
    } else {
      writeAside(content);
    }
  }

  private void put(Folder.Content content) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(target, true)) {
      try {
        content.writeTo(out);
      } catch (Throwable incomplete) {
        out.abort(); // or closing would show what there is
        throw incomplete;
      }
    }
  }

  private void writeAside(Folder.Content content) throws IOException {
    Path aside = new Path(target.getParent(), "." + target.getName() + ASIDE);
    try (FSDataOutputStream out = fileSystem.create(aside, true)) {
      content.writeTo(out);
      out.hsync();
    }
    // A local file system replaces a file by renaming at once, HDFS only if asked to overwrite.
    if (!fileSystem.rename(aside, target)) {
      FileContext.getFileContext(fileSystem.getUri(), fileSystem.getConf())
          .rename(aside, target, Options.Rename.OVERWRITE);
    }
  }
}
