// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.uplink.Float32Encoding;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.spark.settings.AggregationSettings;

/** Chooses the reduction that the settings ask for, or the cheaper one. */
public final class ReductionChoice {

  /**
   * Up to here the driver takes the whole gradients: the second stage of a sliced reduction costs
   * more than it saves.
   */
  static final long FLAT_BYTES = 64 << 20;

  private static final int MOST_SLICES = 64;

  private ReductionChoice() {}

  /**
   * The reduction for so many shards of what the settings send for a layout.
   *
   * <pre>
   *   auto: flat if P · bytes of a shard ≤ 64 MiB, else sliced      slices = min(P, 64)
   * </pre>
   */
  public static GradientReduction of(
      AggregationSettings settings, int shards, ParameterLayout layout) {
    GradientEncoding encoding =
        settings.stepsLocally()
            ? new Float32Encoding(settings.valuesUp(layout.size()))
            : GradientEncoding.of(settings.precision(), layout);
    if (settings.quorum().isPresent()) {
      return new QuorumGather(encoding, settings.quorum().get(), settings.grace());
    }
    GradientReduction flat = new FlatGather(encoding);
    GradientReduction sliced = new SlicedReduction(encoding, Math.min(shards, MOST_SLICES));
    return switch (settings.reduction()) {
      case FLAT -> flat;
      case SLICED -> sliced;
      case AUTO -> flat.bytesToDriver(shards) <= FLAT_BYTES ? flat : sliced;
    };
  }
}
