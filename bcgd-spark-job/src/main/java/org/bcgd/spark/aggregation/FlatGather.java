// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.randomness.RandomKey;
import scala.Function2;
import scala.reflect.ClassTag;

/**
 * Every shard sends its whole gradient to the driver, which adds them up. One stage; bytes to the
 * driver grow with the number of shards.
 *
 * @param encoding in which gradients travel
 */
public record FlatGather(GradientEncoding encoding) implements GradientReduction {

  @Override
  public <T> ReducedGradient reduce(
      JavaRDD<T> shards, BiFunction<Integer, Iterator<T>, GradientSum> task, RandomKey key) {
    EncodeGradient<T> encode = EncodeGradient.whole(task, encoding, key);
    // The job runs on the shards as they are: for every RDD that is derived from them Spark reads
    // its own byte code, which takes the driver some milliseconds.
    Object gathered =
        shards
            .context()
            .runJob(
                shards.rdd(),
                (Function2<TaskContext, scala.collection.Iterator<T>, GradientSlice> & Serializable)
                    (context, partition) -> encode.first(context.partitionId(), partition),
                ClassTag.apply(GradientSlice.class));
    List<GradientSlice> whole = List.of((GradientSlice[]) gathered);
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
