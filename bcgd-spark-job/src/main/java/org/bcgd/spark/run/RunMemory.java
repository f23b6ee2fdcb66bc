// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.network.InitialWeights;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.spark.aggregation.ReductionChoice;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.memory.MemoryNeeds;
import org.bcgd.spark.settings.InitialWeightsSettings;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.trained.FloatNetwork;

/**
 * Works out what a run takes of memory: its network, and its teacher's, are compiled on the driver
 * for the batches of training and of evaluation. What takes the first minibatch through
 * Deeplearning4j, to start parameters from it, is estimated.
 *
 * @param teacher from which the network learns, if it does
 * @param images bytes of all images; 0 if not known
 */
record RunMemory(
    Settings settings,
    NetworkExecution execution,
    MinibatchSchedule schedule,
    Optional<FloatNetwork> teacher,
    long images) {

  private static final int DRIVER_VECTORS = 5; // weights, momentum, both renewed, and the sum
  private static final int TASK_VECTORS = 2; // gradient and what is sent of it
  private static final int TEACHER_VECTORS = 3; // as they came, and unpacked twice
  private static final int BATCH_COPIES = 2; // decoded, and as the network takes it

  /**
   * @param judged images of evaluation in each shard; none if nothing is judged
   * @throws org.bcgd.failure.SettingsException if the network cannot be computed
   */
  MemoryNeeds needs(int[] judged) {
    ParameterLayout layout = execution.network().layout();
    int minibatch = schedule.shardBatchSize() / settings.aggregation().minibatches();
    Set<Integer> batches = evaluationBatches(judged);
    return new MemoryNeeds(
        taskNative(minibatch, batches),
        startsFromData() ? execution.startBytes(minibatch) : 0,
        taskHeap(minibatch, batches),
        images,
        4L * DRIVER_VECTORS * layout.size()
            + teacherHeap()
            + ReductionChoice.of(settings.aggregation(), schedule.shards(), layout)
                .bytesToDriver(schedule.shards()));
  }

  private long taskNative(int minibatch, Set<Integer> batches) {
    ParameterLayout layout = execution.network().layout();
    BlendedCoarseGradientDescent descent = settings.update(layout, schedule.stepsPerEpoch());
    MasterState start = MasterState.start(InitialWeights.draw(layout, settings.run().seed()));
    return execution.requireComputable(
            descent.gradientPoint(start), minibatch, descent.quantize(start), batches)
        + teacher.map(t -> t.execution().requireClassified(t.weights(), minibatch)).orElse(0L);
  }

  private long taskHeap(int minibatch, Set<Integer> batches) {
    long values = execution.network().layout().size();
    long largest = IntStream.concat(IntStream.of(minibatch), ints(batches)).max().orElseThrow();
    long pixels = execution.network().image().size();
    return 4L * TASK_VECTORS * values
        + values
        + 4L * BATCH_COPIES * largest * pixels
        + teacherHeap();
  }

  private long teacherHeap() {
    return teacher.map(t -> 4L * TEACHER_VECTORS * t.weights().layout().size()).orElse(0L);
  }

  /** Whether resolutions or norms may have to be read off the first minibatch. */
  private boolean startsFromData() {
    return execution.network().layout().withRole(ParameterRole.RESOLUTION).findAny().isPresent()
        || settings.initialWeights().norms() == InitialWeightsSettings.Norms.FROM_DATA;
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
