// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.UplinkPrecision;

/**
 * Every shard sends its whole gradient to the driver, which adds them up. One stage; bytes to the
 * driver grow with the number of shards.
 *
 * @param precision in which gradients travel
 */
public record FlatGather(UplinkPrecision precision) implements GradientReduction {

  @Override
  public ReducedGradient reduce(JavaRDD<GradientSum> gradients) {
    List<GradientSlice> whole =
        gradients.mapPartitionsWithIndex(new EncodeGradient(precision), true).collect();
    return ReducedGradient.of(
        GradientSlice.sum(whole), whole.stream().map(GradientSlice::figures).toList());
  }

  @Override
  public long bytesToDriver(int shards, int values) {
    return (long) shards * values * precision.bytes();
  }
}
