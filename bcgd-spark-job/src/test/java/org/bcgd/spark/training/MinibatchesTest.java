// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.descent.MasterState;
import org.bcgd.spark.report.metrics.PhaseTimer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class MinibatchesTest {

  @TempDir Path directory;

  /** Without batch normalisation images do not see each other, so that cutting a batch is free. */
  @Test
  void ofABatchAddUpToIt() throws IOException {
    Path graph = Files.writeString(directory.resolve("plain.json"), withoutNormalization());
    try (JavaSparkContext spark = spark()) {
      Step.Taken whole = step(spark, 1, graph);
      Step.Taken parts = step(spark, 5, graph);

      assertThat(parts.sum().sums()).containsExactly(whole.sum().sums(), within(1e-4f));
      assertThat(parts.sum().loss()).isCloseTo(whole.sum().loss(), within(1e-4));
      assertThat(parts.sum().samples()).isEqualTo(whole.sum().samples()).isEqualTo(40);
      assertThat(parts.sum().minibatches()).isEqualTo(5 * whole.sum().minibatches()).isEqualTo(20);
      assertThat(parts.next().weights()).containsExactly(whole.next().weights(), within(1e-6f));
    }
  }

  @Test
  void haveBatchStatisticsOfTheirOwn() {
    try (JavaSparkContext spark = spark()) {
      Step.Taken whole = step(spark, 1, null);
      Step.Taken parts = step(spark, 5, null);

      assertThat(parts.sum().samples()).isEqualTo(whole.sum().samples());
      assertThat(parts.next().weights()).isNotEqualTo(whole.next().weights());
    }
  }

  private Step.Taken step(JavaSparkContext spark, int minibatches, Path graph) {
    TinyRun run =
        TinyRun.in(
            directory.resolve("run"),
            "aggregation.minibatches=" + minibatches,
            "execution.gradient-precision=float32");
    if (graph != null) {
      run = run.with("network.architecture=null").with("network.graph=" + graph);
    }
    TinyWork tiny = new TinyWork(spark, run.settings());
    MasterState start = tiny.start();
    return tiny.gradientStep()
        .from(start, MasterState.blank(start.weights().length), new PhaseTimer(System::nanoTime));
  }

  private static JavaSparkContext spark() {
    return new JavaSparkContext(new SparkConf().setMaster("local[2]").setAppName("minibatches"));
  }

  private static String withoutNormalization() {
    return new NeuralNetConfiguration.Builder()
        .graphBuilder()
        .addInputs("image")
        .setInputTypes(InputType.convolutional(28, 28, 1))
        .addLayer(
            "convolution",
            new ConvolutionLayer.Builder(5, 5)
                .stride(2, 2)
                .nOut(8)
                .activation(Activation.IDENTITY)
                .build(),
            "image")
        .addLayer("relu", new ActivationLayer(Activation.RELU), "convolution")
        .addLayer(
            "classifier",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build(),
            "relu")
        .setOutputs("classifier")
        .build()
        .toJson();
  }
}
