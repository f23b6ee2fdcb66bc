// SPDX-License-Identifier: Apache-2.0
package org.bcgd.failure;

/** A checkpoint is damaged or belongs to another network. */
public final class CheckpointException extends UserErrorException {

  /** The exit code of this kind of failure. */
  public static final int EXIT_CODE = 6;

  private static final long serialVersionUID = 1;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
