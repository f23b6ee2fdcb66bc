// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import org.bcgd.failure.SettingsException;

/** Java's module of vectors, which must be asked for when Java starts. */
public final class VectorModule {

  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /**
   * @throws SettingsException if the module is missing
   */
  public static void require() {
    if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
      throw new SettingsException(
          "Java's module "
              + NAME
              + " is missing: start java with --add-modules="
              + NAME
              + ", as deploy/bcgd does");
    }
  }
}
