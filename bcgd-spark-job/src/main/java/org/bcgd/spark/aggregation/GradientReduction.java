// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.util.Iterator;
import java.util.function.BiFunction;
import org.apache.spark.api.java.JavaRDD;
import org.bcgd.parameters.GradientSum;
import org.bcgd.randomness.RandomKey;

/**
 * How the gradients of the shards become one sum on the driver.
 *
 * <pre>
 *   g[i] = Σ_p g_p[i]      p = 0, 1, …, P − 1, whichever task ended first
 * </pre>
 */
public sealed interface GradientReduction permits FlatGather, QuorumGather, SlicedReduction {

  /**
   * Runs the job and adds up.
   *
   * @param shards partition p is shard p
   * @param task the gradient of a shard, given its number and partition; serializable
   * @param key of what is drawn in this step
   */
  <T> ReducedGradient reduce(
      JavaRDD<T> shards, BiFunction<Integer, Iterator<T>, GradientSum> task, RandomKey key);

  /** Bytes of gradients that reach the driver in a step. */
  long bytesToDriver(int shards);
}
