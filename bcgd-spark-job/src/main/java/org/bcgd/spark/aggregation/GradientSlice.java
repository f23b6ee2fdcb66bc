// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.UplinkPrecision;

/**
 * A part of a shard's gradient on its way, with the shard's figures. A final class of plain fields,
 * because it crosses the Spark wire.
 */
final class GradientSlice implements Serializable {

  private static final long serialVersionUID = 1;

  private final ShardFigures figures;
  private final UplinkPrecision precision;
  private final byte[] payload;

  private GradientSlice(ShardFigures figures, UplinkPrecision precision, byte[] payload) {
    this.figures = figures;
    this.precision = precision;
    this.payload = payload;
  }

  /** The values from..to−1 of a gradient. */
  static GradientSlice of(
      GradientSum gradient, ShardFigures figures, UplinkPrecision precision, int from, int to) {
    return new GradientSlice(figures, precision, precision.encode(gradient.sums(), from, to));
  }

  /** The sum of the same part of every shard, added in shard order in float32. */
  static float[] sum(List<GradientSlice> slices) {
    GradientSlice any = slices.get(0);
    float[] sums = new float[any.payload.length / any.precision.bytes()];
    slices.stream()
        .sorted(Comparator.comparingInt(slice -> slice.figures.shard()))
        .forEach(slice -> slice.precision.addTo(sums, slice.payload));
    return sums;
  }

  ShardFigures figures() {
    return figures;
  }
}
