// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.packed.Classification;
import org.bcgd.packed.QuantizedModel;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.prediction.ModelBroadcast;

/** What a packed model makes of every image of a shard. */
final class PackedScore implements FlatMapFunction<Iterator<ImageShard>, Evaluation> {

  private static final long serialVersionUID = 1;

  private final Broadcast<ModelBroadcast> model;
  private final int batchSize;

  PackedScore(Broadcast<ModelBroadcast> model, int batchSize) {
    this.model = model;
    this.batchSize = batchSize;
  }

  @Override
  public Iterator<Evaluation> call(Iterator<ImageShard> images) {
    ImageShard shard = images.next();
    Evaluation whole =
        model
            .value()
            .use(
                loaded ->
                    Evaluation.ofShard(
                        shard,
                        loaded.model().preprocessing(),
                        batchSize,
                        batch -> probabilities(loaded, batch)));
    return List.of(whole).iterator();
  }

  private static float[] probabilities(QuantizedModel model, Batch batch) {
    int classes = model.model().labels().size();
    float[] probabilities = new float[batch.size() * classes]; // [N, classes]
    List<Classification> said = model.classify(batch.pixels());
    for (int n = 0; n < said.size(); n++) {
      System.arraycopy(said.get(n).probabilities(), 0, probabilities, n * classes, classes);
    }
    return probabilities;
  }
}
