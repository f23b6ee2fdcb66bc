// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.randomness.RandomKey;

/**
 * Every shard sends its whole gradient to the driver, which adds them up. One stage; bytes to the
 * driver grow with the number of shards.
 *
 * @param encoding in which gradients travel
 */
public record FlatGather(GradientEncoding encoding) implements GradientReduction {

  @Override
  public ReducedGradient reduce(JavaRDD<GradientSum> gradients, RandomKey key) {
    List<GradientSlice> whole =
        gradients.mapPartitionsWithIndex(new EncodeGradient(encoding, 1, key), true).collect();
    return ReducedGradient.of(
        GradientSlice.sum(whole, encoding),
        whole.stream().map(GradientSlice::figures).toList(),
        whole.size(),
        0);
  }

  @Override
  public long bytesToDriver(int shards) {
    return shards * encoding.bytes();
  }
}
