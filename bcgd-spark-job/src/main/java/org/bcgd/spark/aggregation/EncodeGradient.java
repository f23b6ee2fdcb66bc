// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.randomness.RandomKey;
import scala.collection.JavaConverters;

/**
 * Computes a shard's gradient and cuts it into slices.
 *
 * @param task computes it, from the number of the shard and what its partition holds
 * @param encoding in which the slices travel
 * @param count of slices
 * @param key of the step
 */
record EncodeGradient<T>(
    BiFunction<Integer, Iterator<T>, GradientSum> task,
    GradientEncoding encoding,
    int count,
    RandomKey key)
    implements Serializable {

  /** The gradient in one piece. */
  static <T> EncodeGradient<T> whole(
      BiFunction<Integer, Iterator<T>, GradientSum> task,
      GradientEncoding encoding,
      RandomKey key) {
    return new EncodeGradient<>(task, encoding, 1, key);
  }

  /** The slices of a shard, in order. */
  List<GradientSlice> slices(int shard, Iterator<T> partition) {
    long start = System.nanoTime();
    GradientSum gradient = task.apply(shard, partition);
    ShardFigures figures = new ShardFigures(shard, gradient, (System.nanoTime() - start) / 1e9);
    return GradientSlice.cut(gradient, figures, encoding, count, key.with(shard));
  }

  /** The first slice of a shard, from a partition as Spark's own interface hands it out. */
  GradientSlice first(int shard, scala.collection.Iterator<T> partition) {
    return slices(shard, JavaConverters.asJavaIterator(partition)).get(0);
  }
}
