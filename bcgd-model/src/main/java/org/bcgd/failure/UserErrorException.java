// SPDX-License-Identifier: Apache-2.0
package org.bcgd.failure;

import java.util.Optional;

/** A failure that the user can mend, told in one message. */
public abstract sealed class UserErrorException extends RuntimeException
    permits SettingsException,
        DataException,
        DivergenceException,
        CheckpointException,
        StorageException {

  private static final long serialVersionUID = 1;

  protected UserErrorException(String message) {
    super(message);
  }

  protected UserErrorException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The failure of this kind behind {@code failure}: itself or one of its causes. */
  public static Optional<UserErrorException> behind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserErrorException told) {
        return Optional.of(told);
      }
    }
    return Optional.empty();
  }

  /** The process exit code that tells this kind of failure. */
  public abstract int exitCode();
}
