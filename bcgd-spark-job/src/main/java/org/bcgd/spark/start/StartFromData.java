// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.start;

import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShard;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.network.ResolutionStart;
import org.bcgd.network.dl4j.Deeplearning4jNetwork;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.spark.executor.FirstMinibatch;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.executor.TrainingBatches;
import org.bcgd.spark.settings.ResolutionSettings;

/**
 * What a training takes from its first minibatch before it begins.
 *
 * @param descent gives the point at which the images pass
 */
public record StartFromData(
    JavaSparkContext spark,
    BlendedCoarseGradientDescent descent,
    Broadcast<NetworkExecution> execution,
    JavaRDD<ImageShard> shards,
    Broadcast<TrainingBatches> batches) {

  /** Resolutions by slice name. */
  Map<String, Float> resolutions(MasterState state, ResolutionSettings settings) {
    ResolutionStart start = settings.start();
    Map<String, Float> resolutions =
        read(
            "starting the resolutions",
            state,
            (network, weights, images) -> network.startResolutions(weights, images, start));
    settings.requireWithinBounds(resolutions);
    return resolutions;
  }

  /**
   * Parameters of the batch norms by slice name, which compute in training what they did before.
   */
  Map<String, float[]> norms(MasterState state) {
    return read("restating the batch norms", state, Deeplearning4jNetwork::restateNorms);
  }

  private <T> T read(String title, MasterState state, FirstMinibatch.Reading<T> reading) {
    spark.setJobDescription(title);
    Broadcast<PackedSnapshot> weights =
        spark.broadcast(PackedSnapshot.of(descent.gradientPoint(state)));
    try {
      return shards
          .mapPartitionsWithIndex(new FirstMinibatch<>(execution, weights, batches, reading), true)
          .collect()
          .get(0);
    } finally {
      weights.destroy();
    }
  }
}
