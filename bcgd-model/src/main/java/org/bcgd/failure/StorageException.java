// SPDX-License-Identifier: Apache-2.0
package org.bcgd.failure;

/** A folder cannot be read or written. */
public final class StorageException extends UserErrorException {

  /** The exit code of this kind of failure. */
  public static final int EXIT_CODE = 7;

  private static final long serialVersionUID = 1;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
