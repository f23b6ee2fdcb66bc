// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.network.InitialWeights;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.spark.aggregation.ReductionChoice;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.memory.MemoryNeeds;
import org.bcgd.spark.settings.Settings;

/**
 * Works out what a run takes of memory: the network is compiled on the driver for the batches of
 * training and of evaluation.
 */
record RunMemory(Settings settings, NetworkExecution execution, MinibatchSchedule schedule) {

  private static final int DRIVER_VECTORS = 5; // weights, momentum, both renewed, and the sum
  private static final int TASK_VECTORS = 2; // gradient and what is sent of it
  private static final int BATCH_COPIES = 2; // decoded, and as the network takes it

  /**
   * @param judged images of evaluation in each shard; none if nothing is judged
   * @throws org.bcgd.failure.SettingsException if the network cannot be computed
   */
  MemoryNeeds needs(int[] judged) {
    ParameterLayout layout = execution.network().layout();
    BlendedCoarseGradientDescent descent =
        new BlendedCoarseGradientDescent(
            layout, settings.weights().precision(), settings.descent(), schedule.stepsPerEpoch());
    MasterState start = MasterState.start(InitialWeights.draw(layout, settings.run().seed()));
    int minibatch = schedule.shardBatchSize() / settings.aggregation().minibatches();
    Set<Integer> batches = evaluationBatches(judged);
    long largest = IntStream.concat(IntStream.of(minibatch), ints(batches)).max().orElseThrow();
    long pixels = execution.network().image().size();
    return new MemoryNeeds(
        execution.requireComputable(
            descent.gradientPoint(start), minibatch, descent.quantize(start), batches),
        4L * TASK_VECTORS * layout.size() + layout.size() + 4L * BATCH_COPIES * largest * pixels,
        4L * DRIVER_VECTORS * layout.size()
            + ReductionChoice.of(settings.aggregation(), schedule.shards(), layout)
                .bytesToDriver(schedule.shards()));
  }

  private static IntStream ints(Set<Integer> values) {
    return values.stream().mapToInt(Integer::intValue);
  }

  private Set<Integer> evaluationBatches(int[] judged) {
    int whole = settings.evaluation().batchSize();
    Set<Integer> sizes = new TreeSet<>();
    for (int images : judged) {
      sizes.add(Math.min(whole, images));
      sizes.add(images % whole);
    }
    sizes.remove(0);
    return sizes;
  }
}
