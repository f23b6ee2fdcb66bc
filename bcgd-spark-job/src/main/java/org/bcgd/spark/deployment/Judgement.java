// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.ImageShard;
import org.bcgd.failure.UserErrorException;
import org.bcgd.packed.PackedModel;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.evaluation.EvaluationJob;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.prediction.ModelBroadcast;
import org.bcgd.spark.settings.DistillationSettings;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.trained.FloatNetwork;
import org.bcgd.spark.trained.TrainedNetwork;

/** The forms of one trained network, each judged by the same images. */
final class Judgement {

  private final JavaSparkContext spark;
  private final Settings settings;
  private final ShardedDataset images;

  Judgement(JavaSparkContext spark, Settings settings, ShardedDataset images) {
    this.spark = spark;
    this.settings = settings;
    this.images = images;
  }

  /**
   * @param trained the network as it was trained
   * @param packed the same for inference
   * @param files what was written, by format
   */
  List<Accuracy> of(TrainedNetwork trained, PackedModel packed, Map<ExportFormat, byte[]> files) {
    List<Accuracy> forms = new ArrayList<>();
    forms.add(ofFloat());
    forms.add(ofTraining(trained));
    forms.add(Accuracy.of("packed", ofPacked(packed).topOne(), "QuantizedModel"));
    files.forEach(
        (format, file) -> {
          if (format.isOnnx()) {
            forms.add(ofOnnx(format, file, packed));
          }
        });
    return forms;
  }

  private Accuracy ofTraining(TrainedNetwork trained) {
    double topOne = evaluation(trained.execution(), trained.weights()).topOne();
    return Accuracy.of("training", topOne, "forward pass of training");
  }

  private Accuracy ofFloat() {
    Optional<String> from =
        settings
            .distillation()
            .map(DistillationSettings::from)
            .or(() -> settings.initialWeights().from());
    if (from.isEmpty()) {
      return Accuracy.unknown("float", "this run started from no float network");
    }
    try {
      FloatNetwork network = FloatNetwork.of(from.get(), settings, spark.hadoopConfiguration());
      double topOne = evaluation(network.execution(), network.weights()).topOne();
      return Accuracy.of("float", topOne, from.get());
    } catch (UserErrorException e) {
      return Accuracy.unknown("float", e.getMessage());
    }
  }

  private Accuracy ofOnnx(ExportFormat format, byte[] file, PackedModel packed) {
    if (!OnnxRuntime.isPresent()) {
      return Accuracy.unknown(
          format.toString(),
          "ONNX Runtime is not on the class path; add before the verb: " + OnnxRuntime.PACKAGE);
    }
    Broadcast<byte[]> broadcast = spark.broadcast(file);
    try {
      OnnxScore score =
          new OnnxScore(
              broadcast,
              packed.preprocessing(),
              settings.evaluation().batchSize(),
              settings.execution().threads());
      return Accuracy.of(format.toString(), scored(score).topOne(), "ONNX Runtime");
    } finally {
      broadcast.destroy();
    }
  }

  private Evaluation evaluation(NetworkExecution network, WeightSnapshot w) {
    return EvaluationJob.once(spark, network, w, images, settings.evaluation().batchSize());
  }

  private Evaluation ofPacked(PackedModel packed) {
    Broadcast<ModelBroadcast> model = spark.broadcast(new ModelBroadcast(packed));
    try {
      return scored(new PackedScore(model, settings.evaluation().batchSize()));
    } finally {
      model.destroy();
    }
  }

  private Evaluation scored(FlatMapFunction<Iterator<ImageShard>, Evaluation> score) {
    spark.setJobDescription("evaluation of an exported model");
    return Evaluation.sum(images.shards().mapPartitions(score).collect());
  }
}
