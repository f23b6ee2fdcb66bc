// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class LineChartTest {

  @Test
  void aChartShowsEachLineInItsColour() throws IOException {
    Line first = new Line("first", new double[] {0, 1, 2}, new double[] {0, 1, 4}, 0, false);
    Line second = new Line("second", new double[] {0, 1, 2}, new double[] {4, 1, 0}, 1, true);

    Picture picture = new LineChart("title", "x", "y", List.of(first, second)).draw();

    assertThat(colours(picture)).contains(0xFF0072B2, 0xFFD55E00, 0xFFFFFFFF);
    assertThat(new String(picture.svg(), StandardCharsets.UTF_8))
        .contains("<svg", "stroke:rgb(0,114,178)", "stroke:rgb(213,94,0)", "stroke-dasharray:6,4");
    Picture one = new LineChart("title", "x", "y", List.of(first)).draw();
    assertThat(colours(one)).contains(0xFF0072B2).doesNotContain(0xFFD55E00);
  }

  @Test
  void pointsThatAreNoNumbersAreLeftOut() {
    Line gap =
        new Line("", new double[] {0, 1, 2}, new double[] {Double.NaN, 3, 1 / 0.0}, 0, false);
    assertThat(gap.x()).containsExactly(1);
    assertThat(gap.y()).containsExactly(3);
    Line none = new Line("", new double[] {0}, new double[] {Double.NaN}, 0, false);
    assertThat(new LineChart("", "", "", List.of(none)).isEmpty()).isTrue();
    assertThat(new LineChart("", "", "", List.of(none, gap)).lines()).containsExactly(gap);
  }

  @Test
  void aLogarithmicChartLeavesOutWhatHasNoLogarithm() throws IOException {
    Line line = new Line("line", new double[] {0, 1, 2}, new double[] {0, 0.1, 1000}, 0, false);

    LineChart chart = new LineChart("", "x", "y", true, List.of(line));

    assertThat(chart.lines().get(0).y()).containsExactly(0.1, 1000);
    assertThat(colours(chart.draw())).contains(0xFF0072B2);
  }

  @Test
  void ticksHaveAtMostSixDigits() {
    assertThat(ChartDrawing.label(0)).isEqualTo("0");
    assertThat(ChartDrawing.label(0.1 + 0.2)).isEqualTo("0.3");
    assertThat(ChartDrawing.label(-1500)).isEqualTo("-1500");
    assertThat(ChartDrawing.label(2.5e-5)).isEqualTo("0.000025");
    assertThat(ChartDrawing.label(2e9)).isEqualTo("2E+9");
  }

  @Test
  void manyLinesHaveDifferentColours() {
    Set<Integer> colours = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      colours.add(Palette.colour(i, 40).getRGB());
    }
    assertThat(colours).hasSize(40);
  }

  private static Set<Integer> colours(Picture picture) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y) | 0xFF000000);
      }
    }
    return colours;
  }
}
