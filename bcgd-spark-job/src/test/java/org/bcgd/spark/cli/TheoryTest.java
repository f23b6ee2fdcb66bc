// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TheoryTest {

  @TempDir Path directory;
  @RegisterExtension final Console console = new Console();

  @Test
  void tableFilesAndPicturesTellEveryStatement() throws IOException {
    assertThat(run("--samples", "20000", "--dimension", "3")).isZero();

    assertThat(console.output())
        .contains("Lemma 1", "Proposition 1", "Theorem 1", "BinaryConnect", "holds")
        .doesNotContain("FAILS");
    JsonNode json = new ObjectMapper().readTree(directory.resolve("theory.json").toFile());
    int statements = json.get("statements").size();
    assertThat(statements).isGreaterThan(40);
    assertThat(json.get("study").get("samples").asLong()).isEqualTo(20000);
    assertThat(Files.readAllLines(directory.resolve("theory.csv"))).hasSize(statements + 1);
    assertThat(console.output()).contains("%d of %<d statements hold".formatted(statements));
    assertThat(console.output()).containsPattern("2/\\d+ .* about \\d+ s left");
    for (String picture : new String[] {"landscape", "finite-samples", "sufficient-descent"}) {
      assertThat(ImageIO.read(directory.resolve(picture + ".png").toFile())).isNotNull();
      assertThat(Files.readString(directory.resolve(picture + ".svg"))).contains("<svg");
    }
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThat(run("--samples", "1")).isEqualTo(2);
    assertThat(console.errors()).contains("--samples is 1").doesNotContain("\tat org.bcgd");
    assertThat(run("--dimension", "1")).isEqualTo(2);
  }

  private int run(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "theory";
    arguments[1] = "--output";
    arguments[2] = directory.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return BcgdMain.run(arguments);
  }
}
