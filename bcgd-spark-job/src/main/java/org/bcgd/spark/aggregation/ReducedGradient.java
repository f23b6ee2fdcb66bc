// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bcgd.parameters.GradientSum;

/**
 * The gradient of a step on the driver.
 *
 * @param sum over all shards
 * @param shards what each shard tells, in shard order
 * @param missing shards that were not waited for
 * @param shuffleSeconds that the slowest reducer took, if there are any
 */
public record ReducedGradient(
    GradientSum sum, List<ShardFigures> shards, List<Integer> missing, double shuffleSeconds) {

  /** What the slowest shard took. */
  public double computeSeconds() {
    return shards.stream().mapToDouble(ShardFigures::seconds).max().orElseThrow();
  }

  /** A sum with the figures of those of {@code asked} shards that answered, in shard order. */
  static ReducedGradient of(
      float[] sums, List<ShardFigures> figures, int asked, double shuffleSeconds) {
    List<ShardFigures> inOrder =
        figures.stream().sorted(Comparator.comparingInt(ShardFigures::shard)).toList();
    double loss = 0;
    int correct = 0;
    int samples = 0;
    int minibatches = 0;
    for (ShardFigures shard : inOrder) {
      loss += shard.loss();
      correct += shard.correct();
      samples += shard.samples();
      minibatches += shard.minibatches();
    }
    return new ReducedGradient(
        new GradientSum(sums, loss, correct, samples, minibatches),
        inOrder,
        missing(inOrder, asked),
        shuffleSeconds);
  }

  private static List<Integer> missing(List<ShardFigures> answered, int asked) {
    Set<Integer> numbers =
        answered.stream().map(ShardFigures::shard).collect(Collectors.toUnmodifiableSet());
    return IntStream.range(0, asked).boxed().filter(shard -> !numbers.contains(shard)).toList();
  }
}
