// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import org.bcgd.spark.settings.AggregationSettings;

/** Chooses the reduction that the settings ask for, or the cheaper one. */
public final class ReductionChoice {

  /**
   * Up to here the driver takes the whole gradients: the second stage of a sliced reduction costs
   * more than it saves.
   */
  static final long FLAT_BYTES = 16 << 20;

  private static final int MOST_SLICES = 64;

  private ReductionChoice() {}

  /**
   * The reduction for so many shards and values.
   *
   * <pre>
   *   auto: flat if P · n · bytes ≤ 16 MiB, else sliced      slices = min(P, 64)
   * </pre>
   */
  public static GradientReduction of(AggregationSettings settings, int shards, int values) {
    GradientReduction flat = new FlatGather(settings.precision());
    GradientReduction sliced =
        new SlicedReduction(settings.precision(), Math.min(shards, MOST_SLICES));
    return switch (settings.reduction()) {
      case FLAT -> flat;
      case SLICED -> sliced;
      case AUTO -> flat.bytesToDriver(shards, values) <= FLAT_BYTES ? flat : sliced;
    };
  }
}
