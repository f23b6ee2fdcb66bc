// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.shards.StripedImage;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Small grey images of stripes that run level, upright or aslant, as a user of Deeplearning4j has
 * them, and a graph of his that can learn them.
 */
final class Stripes {

  static final int SIDE = 12;
  static final int CLASSES = 3;

  private Stripes() {}

  /**
   * One of them.
   *
   * @param pixels [SIDE, SIDE], bytes as a file would have them
   */
  record Stripe(byte[] pixels, int label) {

    /** (x / 255 − 1/2) / (1/4), to a multiple of 2⁻¹². */
    float[] normalised() {
      float[] values = new float[pixels.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.round(((pixels[i] & 0xFF) / 255.0 - 0.5) / 0.25 * 4096) / 4096f;
      }
      return values;
    }
  }

  /** So many, the classes in turn. */
  static List<Stripe> of(int count, long seed) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              int label = i % CLASSES;
              return new Stripe(
                  StripedImage.pixels(SIDE, label, RandomKey.of(seed).with(i).generator()), label);
            })
        .toList();
  }

  /** Datasets of so many each; the last one may have fewer. */
  static List<DataSet> dataSets(List<Stripe> stripes, int each) {
    List<DataSet> sets = new ArrayList<>();
    for (int from = 0; from < stripes.size(); from += each) {
      sets.add(dataSet(stripes.subList(from, Math.min(stripes.size(), from + each))));
    }
    return sets;
  }

  static DataSet dataSet(List<Stripe> stripes) {
    float[][] features = stripes.stream().map(Stripe::normalised).toArray(float[][]::new);
    float[][] labels = new float[stripes.size()][CLASSES];
    for (int n = 0; n < labels.length; n++) {
      labels[n][stripes.get(n).label] = 1;
    }
    return new DataSet(
        Nd4j.create(features).reshape(features.length, 1, SIDE, SIDE), Nd4j.create(labels));
  }

  /** A convolution, a dense layer, a classifier; batch norm with the logarithm of the deviation. */
  static ComputationGraph graph() {
    return graph(InputType.convolutional(SIDE, SIDE, 1));
  }

  static ComputationGraph graph(InputType input) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .weightInit(WeightInit.RELU)
            .activation(Activation.IDENTITY)
            .updater(new Sgd(0.1))
            .graphBuilder()
            .addInputs("image")
            .addLayer("conv", new ConvolutionLayer.Builder(5, 5).nOut(6).build(), "image")
            .addLayer("conv_norm", new BatchNormalization.Builder().build(), "conv")
            .addLayer("conv_act", staircase(), "conv_norm")
            .addLayer("pool", new SubsamplingLayer.Builder().kernelSize(2, 2).build(), "conv_act")
            .addLayer("dense", new DenseLayer.Builder().nOut(16).build(), "pool")
            .addLayer("dense_norm", new BatchNormalization.Builder().build(), "dense")
            .addLayer("dense_act", staircase(), "dense_norm")
            .addLayer("output", classifier(), "dense_act")
            .setOutputs("output")
            .setInputTypes(input);
    ComputationGraph built = new ComputationGraph(graph.build());
    built.init();
    return built;
  }

  static OutputLayer classifier() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .activation(Activation.SOFTMAX)
        .nOut(CLASSES)
        .build();
  }

  static QuantizedActivation staircase() {
    return new QuantizedActivation(
        new ActivationQuantizer(4, Rounding.UP),
        CoarseDerivative.CLIPPED_RELU,
        ResolutionDerivative.THREE_VALUED);
  }

  /** A master that teaches them in a second or two. */
  static BcgdTrainingMaster.Builder master() {
    return new BcgdTrainingMaster.Builder()
        .shards(2)
        .batchSizePerShard(10)
        .learningRate(0.02)
        .seed(3);
  }
}
