// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.randomness.RandomKey;
import scala.Function1;
import scala.collection.JavaConverters;
import scala.runtime.BoxedUnit;

/**
 * A flat gather that does not wait for the last: once {@code quorum} shards have answered, the
 * others have a time of grace, and what has not come by then is left out of the step. Which shards
 * these are depends on the cluster's speed, so that a run cannot be repeated bit for bit.
 *
 * @param encoding in which gradients travel
 * @param quorum shards that must answer, at least 1
 * @param grace for the others
 */
public record QuorumGather(GradientEncoding encoding, int quorum, Duration grace)
    implements GradientReduction {

  @Override
  public <T> ReducedGradient reduce(
      JavaRDD<T> shards, BiFunction<Integer, Iterator<T>, GradientSum> task, RandomKey key) {
    EncodeGradient<T> encode = EncodeGradient.whole(task, encoding, key);
    Answers answers = new Answers(quorum, grace);
    SimpleFutureAction<BoxedUnit> job =
        shards
            .context()
            .submitJob(
                shards.rdd(),
                (Function1<scala.collection.Iterator<T>, GradientSlice> & Serializable)
                    partition -> encode.first(TaskContext.getPartitionId(), partition),
                numbers(shards.getNumPartitions()),
                answers::add,
                () -> BoxedUnit.UNIT);
    List<GradientSlice> answered = answers.await(job);
    return ReducedGradient.of(
        GradientSlice.sum(answered, encoding),
        answered.stream().map(GradientSlice::figures).toList(),
        shards.getNumPartitions(),
        0);
  }

  @Override
  public long bytesToDriver(int shards) {
    return shards * encoding.bytes();
  }

  private static scala.collection.Seq<Object> numbers(int count) {
    List<Object> numbers = IntStream.range(0, count).<Object>mapToObj(shard -> shard).toList();
    return JavaConverters.asScalaBuffer(numbers).toSeq();
  }
}
