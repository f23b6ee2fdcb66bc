// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.plot;

import java.util.List;

/**
 * Lines over one pair of axes. Lines without a point are left out.
 *
 * @param title of the chart
 * @param x what is along it, with unit
 * @param y what is up it, with unit
 * @param isLogarithmic whether y is drawn by its logarithm; points at 0 and below are left out then
 * @param lines in the order of the legend
 */
public record LineChart(String title, String x, String y, boolean isLogarithmic, List<Line> lines) {

  public LineChart {
    lines =
        lines.stream()
            .map(line -> isLogarithmic ? line.above(0) : line)
            .filter(line -> !line.isEmpty())
            .toList();
  }

  /** A chart whose y is drawn as it is. */
  public LineChart(String title, String x, String y, List<Line> lines) {
    this(title, x, y, false, lines);
  }

  /** Whether there is nothing to show. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** The chart as a picture. */
  public Picture draw() {
    return ChartDrawing.of(this);
  }
}
