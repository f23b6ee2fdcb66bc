// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;

/**
 * The files below one place, wherever it lies: a folder, the class path, a distributed file system.
 * Names are relative to that place, with '/' between folders.
 */
public interface FileTree extends Serializable {

  /**
   * The names of all files below {@code folder} ("" for all), in any order; none if it is missing.
   */
  List<String> list(String folder) throws IOException;

  boolean contains(String name) throws IOException;

  /** The length of a file in bytes. */
  long length(String name) throws IOException;

  InputStream open(String name) throws IOException;

  /** The place, as a user names it. */
  String describe();
}
