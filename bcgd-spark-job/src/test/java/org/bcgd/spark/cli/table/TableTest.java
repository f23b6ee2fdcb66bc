// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsLineUpAndNumbersStandToTheRight() {
    Table table =
        new Table(
            List.of("layer", "shape", "parameters"),
            List.of(
                List.of("conv1", "6 x 5 x 5", "156"),
                List.of("a layer of a long name", "120", "1,048,576")));

    assertThat(table.toString().lines())
        .containsExactly(
            "layer                   shape      parameters",
            "conv1                   6 x 5 x 5         156",
            "a layer of a long name  120         1,048,576");
  }

  @Test
  void confusionHasARowForEachLabel() {
    assertThat(Table.confusion(List.of("cat", "horse"), new long[][] {{90, 10}, {0, 100}}))
        .hasToString(
            """
            label \\ answer  cat  horse
            cat              90     10
            horse             0    100
            """);
  }

  @Test
  void aWideTableIsNotFolded() {
    List<String> wide = List.of("x".repeat(150), "y".repeat(150));

    assertThat(new Table(wide, List.of()).toString().lines())
        .containsExactly("x".repeat(150) + "  " + "y".repeat(150));
  }

  @Test
  void aRowOfAnotherLengthIsAnError() {
    assertThatThrownBy(() -> new Table(List.of("one", "two"), List.of(List.of("1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of 1 cells under a header of 2");
  }
}
