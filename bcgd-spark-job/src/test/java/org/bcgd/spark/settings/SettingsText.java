// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import java.util.List;

/** The least settings that are complete, for tests that change a key of them. */
final class SettingsText {

  static final String REQUIRED =
      """
      name = test
      run.folder = runs/test
      input { channels = 1, height = 28, width = 28, mean = [0.5], deviation = [0.25] }
      network { architecture = lenet5, classes = 10 }
      training { epochs = 3, batch-size = 8, learning-rate.initial = 0.01 }
      """;

  private SettingsText() {}

  /** The required keys and then {@code lines}. */
  static Settings with(String... lines) {
    return Settings.parse(REQUIRED + String.join("\n", lines), "test.conf", List.of());
  }

  /** The required keys with {@code overrides} on top. */
  static Settings overridden(String... overrides) {
    return Settings.parse(REQUIRED, "test.conf", List.of(overrides));
  }
}
