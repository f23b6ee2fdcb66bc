// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
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
  private final double seconds;

  private SummedSlice(float[] sums, ArrayList<ShardFigures> figures, double seconds) {
    this.sums = sums;
    this.figures = figures;
    this.seconds = seconds;
  }

  /** Fetches the same slice of all shards and adds it up. */
  static SummedSlice of(Iterator<GradientSlice> shards, GradientEncoding encoding) {
    long start = System.nanoTime();
    List<GradientSlice> slices = new ArrayList<>();
    shards.forEachRemaining(slices::add);
    ArrayList<ShardFigures> figures = new ArrayList<>();
    slices.forEach(slice -> figures.add(slice.figures()));
    float[] sums = GradientSlice.sum(slices, encoding);
    return new SummedSlice(sums, figures, (System.nanoTime() - start) / 1e9);
  }

  float[] sums() {
    return sums;
  }

  /** What fetching and adding took. */
  double seconds() {
    return seconds;
  }

  List<ShardFigures> figures() {
    return figures;
  }
}
