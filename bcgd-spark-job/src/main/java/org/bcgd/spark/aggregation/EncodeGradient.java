// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.randomness.RandomKey;

/**
 * Computes a shard's gradient and cuts it into slices.
 *
 * @param encoding in which they travel
 * @param slices how many
 * @param key of the step
 */
record EncodeGradient(GradientEncoding encoding, int slices, RandomKey key)
    implements Function2<Integer, Iterator<GradientSum>, Iterator<GradientSlice>>, Serializable {

  @Override
  public Iterator<GradientSlice> call(Integer shard, Iterator<GradientSum> gradients) {
    return slices(shard, gradients).iterator();
  }

  List<GradientSlice> slices(int shard, Iterator<GradientSum> gradients) {
    long start = System.nanoTime();
    GradientSum gradient = gradients.next(); // here it is computed
    ShardFigures figures = new ShardFigures(shard, gradient, (System.nanoTime() - start) / 1e9);
    return GradientSlice.cut(gradient, figures, encoding, slices, key.with(shard));
  }
}
