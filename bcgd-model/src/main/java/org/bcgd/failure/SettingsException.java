// SPDX-License-Identifier: Apache-2.0
package org.bcgd.failure;

/** The settings or the command line cannot be used as they are. */
public final class SettingsException extends UserErrorException {

  /** The exit code of this kind of failure. */
  public static final int EXIT_CODE = 2;

  private static final long serialVersionUID = 1;

  public SettingsException(String message) {
    super(message);
  }

  public SettingsException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
