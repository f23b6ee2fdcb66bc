// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bcgd.failure.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, since Java looks for fonts once. */
class FontsTest {

  @TempDir Path folder;

  /** Draws, in a process without fonts. */
  static final class Drawing {

    private Drawing() {}

    public static void main(String[] arguments) {
      Line line = new Line("", new double[] {0, 1}, new double[] {0, 1}, 0, false);
      try {
        new LineChart("", "", "", List.of(line)).draw();
        System.out.println("drawn");
      } catch (SettingsException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aMachineWithoutFontsIsToldWhatToInstall() throws IOException, InterruptedException {
    assertThat(drawn("<fontconfig></fontconfig>"))
        .startsWith("Pictures cannot be drawn")
        .contains("apt-get install fontconfig");
  }

  private String drawn(String fonts) throws IOException, InterruptedException {
    Path configuration = Files.writeString(folder.resolve("fonts.conf"), fonts);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder, // where Java remembers the fonts that it found
                "-cp",
                System.getProperty("java.class.path"),
                Drawing.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("FONTCONFIG_FILE", configuration.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
