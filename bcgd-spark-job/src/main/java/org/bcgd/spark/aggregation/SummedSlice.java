// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.bcgd.parameters.uplink.GradientEncoding;

/**
 * One slice of the sum, with the figures of all shards. A final class of plain fields, because it
 * crosses the Spark wire.
 */
final class SummedSlice implements Serializable {

  private static final long serialVersionUID = 1;

  private final float[] sums;
  private final ArrayList<ShardFigures> figures;

  private SummedSlice(float[] sums, ArrayList<ShardFigures> figures) {
    this.sums = sums;
    this.figures = figures;
  }

  /** The sum of the same slice of all shards. */
  static SummedSlice of(List<GradientSlice> slices, GradientEncoding encoding) {
    ArrayList<ShardFigures> figures = new ArrayList<>();
    slices.forEach(slice -> figures.add(slice.figures()));
    return new SummedSlice(GradientSlice.sum(slices, encoding), figures);
  }

  float[] sums() {
    return sums;
  }

  List<ShardFigures> figures() {
    return figures;
  }
}
