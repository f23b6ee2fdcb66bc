// SPDX-License-Identifier: Apache-2.0
package org.bcgd.failure;

/** A failure that the user can mend, told in one message. */
public abstract sealed class UserErrorException extends RuntimeException
    permits SettingsException, DataException, DivergenceException, CheckpointException {

  private static final long serialVersionUID = 1;

  protected UserErrorException(String message) {
    super(message);
  }

  protected UserErrorException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The process exit code that tells this kind of failure. */
  public abstract int exitCode();
}
