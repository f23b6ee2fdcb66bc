// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.plot;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import org.bcgd.failure.SettingsException;

/** The machine's fonts, which Java needs to write on a picture. */
final class Fonts {

  private Fonts() {}

  /**
   * Asks Java for a font.
   *
   * @throws SettingsException if the machine has none that Java finds
   */
  static void require() {
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 1)
          .getStringBounds("0", new FontRenderContext(null, false, false));
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new SettingsException(
          "Pictures cannot be drawn: Java finds no font on this machine. Install fontconfig and a"
              + " TrueType font (on Debian: apt-get install fontconfig fonts-dejavu-core).",
          e);
    }
  }
}
