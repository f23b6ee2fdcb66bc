// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.plot;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A line of a chart. Points that are not finite numbers are left out.
 *
 * @param name in the legend, not empty; a chart has each name once
 * @param x [points]
 * @param y [points]
 * @param colour its number among the colours of the chart; lines of one number belong together
 * @param isDashed rather than drawn through
 */
public record Line(String name, double[] x, double[] y, int colour, boolean isDashed) {

  public Line {
    double[] xs = x;
    double[] ys = y;
    int[] finite =
        IntStream.range(0, Math.min(xs.length, ys.length))
            .filter(i -> Double.isFinite(xs[i]) && Double.isFinite(ys[i]))
            .toArray();
    x = IntStream.of(finite).mapToDouble(i -> xs[i]).toArray();
    y = IntStream.of(finite).mapToDouble(i -> ys[i]).toArray();
  }

  /** The line without its points at the bound and below. */
  Line above(double bound) {
    double[] kept = DoubleStream.of(y).map(value -> value > bound ? value : Double.NaN).toArray();
    return new Line(name, x, kept, colour, isDashed);
  }

  /** Whether there is a point to show. */
  public boolean isEmpty() {
    return x.length == 0;
  }
}
