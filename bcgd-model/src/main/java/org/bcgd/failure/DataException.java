// SPDX-License-Identifier: Apache-2.0
package org.bcgd.failure;

/** A dataset is missing, damaged, or does not fit the settings. */
public final class DataException extends UserErrorException {

  /** The exit code of this kind of failure. */
  public static final int EXIT_CODE = 3;

  private static final long serialVersionUID = 1;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
