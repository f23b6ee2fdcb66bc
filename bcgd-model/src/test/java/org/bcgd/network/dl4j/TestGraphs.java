// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.network.layer.QuantizedActivation;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.QuantizedTensor;
import org.bcgd.randomness.RandomKey;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small graphs, weights and batches for the tests of this package. */
final class TestGraphs {

  private TestGraphs() {}

  static GraphBuilder empty(ImageShape image) {
    return new NeuralNetConfiguration.Builder()
        .activation(Activation.IDENTITY)
        .graphBuilder()
        .addInputs("image")
        .setInputTypes(InputType.convolutional(image.height(), image.width(), image.channels()));
  }

  static OutputLayer classifier(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** The graph of {@link NaiveNetwork}. */
  static GraphBuilder naive(NaiveNetwork network) {
    return empty(new ImageShape(1, network.height, network.width))
        .addLayer(
            "conv",
            new ConvolutionLayer.Builder(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(network.channels)
                .build(),
            "image")
        .addLayer(
            "norm", new BatchNormalization.Builder().eps(NaiveNetwork.EPSILON).build(), "conv")
        .addLayer(
            "activation",
            new QuantizedActivation(
                network.quantizer, network.derivative, network.resolutionDerivative),
            "norm")
        .addLayer("classifier", classifier(network.classes), "activation")
        .setOutputs("classifier");
  }

  static WeightSnapshot floats(ParameterLayout layout, float[] values) {
    List<Optional<QuantizedTensor>> none =
        layout.slices().stream().map(slice -> Optional.<QuantizedTensor>empty()).toList();
    return new WeightSnapshot(layout, none, values);
  }

  static Batch batch(ImageShape image, int size, int classes, long seed) {
    RandomGenerator random = RandomKey.of(seed).generator();
    float[] pixels = gaussians(size * image.size(), random);
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      labels[n] = random.nextInt(classes);
    }
    return new Batch(image, pixels, labels);
  }

  static float[] gaussians(int size, RandomGenerator random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
