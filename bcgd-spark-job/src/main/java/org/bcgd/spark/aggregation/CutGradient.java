// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function2;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.randomness.RandomKey;
import scala.Tuple2;

/**
 * A shard's gradient in slices, by slice number.
 *
 * @param encoding in which they travel
 * @param slices how many
 * @param key of the step
 */
record CutGradient(GradientEncoding encoding, int slices, RandomKey key)
    implements Function2<Integer, Iterator<GradientSum>, Iterator<Tuple2<Integer, GradientSlice>>>,
        Serializable {

  @Override
  public Iterator<Tuple2<Integer, GradientSlice>> call(
      Integer shard, Iterator<GradientSum> gradients) {
    long start = System.nanoTime();
    GradientSum gradient = gradients.next(); // here it is computed
    ShardFigures figures = new ShardFigures(shard, gradient, (System.nanoTime() - start) / 1e9);
    List<GradientSlice> cut =
        GradientSlice.cut(gradient, figures, encoding, slices, key.with(shard));
    return IntStream.range(0, slices).mapToObj(s -> new Tuple2<>(s, cut.get(s))).iterator();
  }
}
