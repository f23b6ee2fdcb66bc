// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.Locale;
import java.util.Objects;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.failure.SettingsException;

/**
 * @param threads that share the work of one batch; sums are added in an order that depends on this
 *     number and on nothing else
 * @param gradientPrecision of the backward pass
 */
public record EngineSettings(int threads, GradientPrecision gradientPrecision) {

  public EngineSettings {
    if (threads < 1) {
      throw new SettingsException(
          "the engine cannot run in " + threads + " threads; give 1 or more");
    }
    Objects.requireNonNull(gradientPrecision);
  }

  /**
   * For people: with what the engine computes on this machine.
   *
   * @throws SettingsException if the native library cannot be loaded
   */
  public String describe() {
    return "%s, %d threads a task, gradients in %s"
        .formatted(OneDnn.describe(), threads, gradientPrecision.name().toLowerCase(Locale.ROOT));
  }
}
