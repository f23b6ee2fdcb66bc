// SPDX-License-Identifier: Apache-2.0
package org.bcgd.failure;

/** The training left the finite numbers. */
public final class DivergenceException extends UserErrorException {

  /** The exit code of this kind of failure. */
  public static final int EXIT_CODE = 5;

  private static final long serialVersionUID = 1;

  public DivergenceException(String message) {
    super(message);
  }

  public DivergenceException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
