// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.data.ShardAssignment;
import org.bcgd.data.source.Split;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.aggregation.ReductionChoice;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.memory.MemoryNeeds;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardSource;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.trained.FloatNetwork;

/**
 * What a run will do and need, worked out without starting it.
 *
 * @param network that is trained
 * @param execution what computes it
 * @param dataset where the images come from
 * @param images to train on
 * @param judgingImages to judge by
 * @param shards logical shards
 * @param stepsPerEpoch steps of an epoch
 * @param steps in all
 * @param bytesDown weights that the driver sends in a step or round, to each executor
 * @param bytesUp gradients, or weights, that reach the driver in a step or round
 * @param shardBytes the images of one shard; 0 where they are compressed and their size is not
 *     known
 * @param memory that it takes
 */
public record RunPlan(
    NetworkDefinition network,
    String execution,
    String dataset,
    int images,
    int judgingImages,
    int shards,
    int stepsPerEpoch,
    long steps,
    long bytesDown,
    long bytesUp,
    long shardBytes,
    MemoryNeeds memory) {

  /**
   * The plan of these settings.
   *
   * @throws org.bcgd.failure.UserErrorException if the run could not begin
   */
  public static RunPlan of(Settings settings, Configuration hadoop) {
    NetworkDefinition network = settings.network(file -> Folder.textOf(file, hadoop));
    ShardSource training = source(settings, network, Split.TRAINING, hadoop);
    ShardSource judging = source(settings, network, Split.EVALUATION, hadoop);
    RandomKey seed = RandomKey.of(settings.run().seed());
    int[] sizes = new ShardAssignment(training.images(), training.shards(), seed).sizes();
    MinibatchSchedule schedule =
        new MinibatchSchedule(settings.training().batchSize(), sizes, seed);
    ParameterLayout layout = network.layout();
    long bytesUp =
        ReductionChoice.of(settings.aggregation(), training.shards(), layout)
            .bytesToDriver(training.shards());
    NetworkExecution execution =
        new NetworkExecution(network, settings.execution(), settings.input().preprocessing());
    int[] judged = new ShardAssignment(judging.images(), judging.shards(), seed).sizes();
    return new RunPlan(
        network,
        execution.describe(),
        training.describe(),
        training.images(),
        judging.images(),
        training.shards(),
        schedule.stepsPerEpoch(),
        (long) settings.training().epochs() * schedule.stepsPerEpoch(),
        settings.aggregation().stepsLocally()
            ? 4L * settings.aggregation().valuesUp(layout.size())
            : packedBytes(settings, layout, schedule.stepsPerEpoch()),
        bytesUp,
        imageBytes(training.encoding()) * Arrays.stream(sizes).max().orElseThrow(),
        new RunMemory(
                settings,
                execution,
                schedule,
                FloatNetwork.teacher(settings, hadoop),
                imageBytes(training.encoding()) * (training.images() + judging.images()))
            .needs(judged));
  }

  private static ShardSource source(
      Settings settings, NetworkDefinition network, Split split, Configuration hadoop) {
    ShardSource source = ShardSource.of(settings.dataset(), settings.run().seed(), split, hadoop);
    source.requireFit(settings.input().preprocessing(), network.classes());
    return source;
  }

  private static long packedBytes(Settings settings, ParameterLayout layout, int stepsPerEpoch) {
    BlendedCoarseGradientDescent descent = settings.update(layout, stepsPerEpoch);
    MasterState start = MasterState.start(InitialWeights.draw(layout, settings.run().seed()));
    return PackedSnapshot.of(descent.gradientPoint(start)).size();
  }

  private static long imageBytes(ImageEncoding encoding) {
    return encoding.imageBytes().orElse(0);
  }
}
