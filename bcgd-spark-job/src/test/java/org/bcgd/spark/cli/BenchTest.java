// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BenchTest {

  private static final String QUICKSTART = Path.of("..", "conf", "quickstart.conf").toString();

  @RegisterExtension final Console console = new Console();

  @Test
  void theTablesNameEveryPartOfAStep() {
    assertThat(BcgdMain.run("bench", QUICKSTART, "--batch", "8", "--rounds", "3", "--warm-up", "0"))
        .isZero();

    assertThat(console.output())
        .contains("lenet5", "oneDNN 2.", "threads a task")
        .contains("training step of 8 images", "- driver: update", "classification")
        .contains("convolution-forward", "apply-backward", "meeting", "rest", "together")
        .containsPattern("memory of the process +MB")
        .containsPattern("peak +[1-9]");
  }

  @Test
  void aBatchWithoutImagesIsAMistake() {
    assertThat(BcgdMain.run("bench", QUICKSTART, "--batch", "0")).isEqualTo(2);
  }
}
