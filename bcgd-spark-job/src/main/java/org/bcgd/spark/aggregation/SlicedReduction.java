// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.randomness.RandomKey;

/**
 * Shards cut their gradients into slices; one shuffle brings slice s of every shard to reducer s,
 * which adds it up; one gather brings the sums to the driver. Two stages; the driver gets one
 * model's worth of float32, however many shards there are.
 *
 * @param encoding in which gradients travel to the reducers
 * @param slices number of slices and reducers, at least 1
 */
public record SlicedReduction(GradientEncoding encoding, int slices) implements GradientReduction {

  @Override
  public <T> ReducedGradient reduce(
      JavaRDD<T> shards, BiFunction<Integer, Iterator<T>, GradientSum> task, RandomKey key) {
    GradientEncoding encoding = this.encoding;
    JavaRDD<SummedSlice> summed =
        shards
            .mapPartitionsWithIndex(
                new CutGradient<>(new EncodeGradient<>(task, encoding, slices, key)), true)
            .mapToPair(slice -> slice)
            .partitionBy(new HashPartitioner(slices))
            .values()
            .mapPartitions(same -> List.of(SummedSlice.of(same, encoding)).iterator());
    try {
      return join(summed.collect());
    } finally {
      // The files of a step's shuffle are of no use to the next one.
      summed.rdd().cleanShuffleDependencies(false);
    }
  }

  @Override
  public long bytesToDriver(int shards) {
    return (long) encoding.values() * Float.BYTES;
  }

  private static ReducedGradient join(List<SummedSlice> inOrder) {
    int length = inOrder.stream().mapToInt(slice -> slice.sums().length).sum();
    float[] sums = new float[length];
    int end = 0;
    for (SummedSlice slice : inOrder) {
      System.arraycopy(slice.sums(), 0, sums, end, slice.sums().length);
      end += slice.sums().length;
    }
    double seconds = inOrder.stream().mapToDouble(SummedSlice::seconds).max().orElseThrow();
    List<ShardFigures> figures = inOrder.get(0).figures();
    return ReducedGradient.of(sums, figures, figures.size(), seconds);
  }
}
