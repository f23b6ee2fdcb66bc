// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.theory;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.theory.sampling.SampleChunks;
import org.bcgd.theory.sampling.SampleFunction;
import org.bcgd.theory.sampling.SampleMoments;
import org.bcgd.theory.sampling.Sampler;

/**
 * Averages over samples as one Spark job: chunks are computed anywhere and added in their order on
 * the driver, so that any number of executors gives the same bits.
 */
public record SparkSampler(JavaSparkContext spark) implements Sampler {

  private static final int TASKS_PER_CORE = 4;

  @Override
  public SampleMoments moments(SampleFunction function, long samples) {
    SampleChunks chunks = new SampleChunks(samples);
    List<Integer> numbers = IntStream.range(0, chunks.count()).boxed().toList();
    int tasks = Math.min(numbers.size(), TASKS_PER_CORE * spark.defaultParallelism());
    spark.setJobDescription("%,d samples".formatted(samples));
    return SampleMoments.sum(
        spark.parallelize(numbers, tasks).map(chunk -> chunks.moments(function, chunk)).collect());
  }
}
