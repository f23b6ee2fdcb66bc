// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class QuantizedActivationTest {

  private static final float RESOLUTION = 0.37f;
  private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  static List<QuantizedActivation> activations() {
    List<QuantizedActivation> all = new ArrayList<>();
    for (int bits : new int[] {1, 2, 4, 8}) {
      for (Rounding rounding : Rounding.values()) {
        for (CoarseDerivative derivative : CoarseDerivative.values()) {
          for (ResolutionDerivative resolution : ResolutionDerivative.values()) {
            all.add(
                new QuantizedActivation(
                    new ActivationQuantizer(bits, rounding), derivative, resolution));
          }
        }
      }
    }
    return all;
  }

  /** Each step and each middle of a step, both sides of each, and what is far outside. */
  private static float[] kinks(int levels) {
    List<Float> values = new ArrayList<>(List.of(0f, -0f, -3f, 1e-30f, 1e30f, -1e30f));
    for (int half = -1; half <= 2 * levels + 3; half++) {
      float kink = half * RESOLUTION / 2;
      values.addAll(List.of(kink, Math.nextUp(kink), Math.nextDown(kink)));
    }
    float[] x = new float[values.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = values.get(i);
    }
    return x;
  }

  private static QuantizedActivationLayer layer(QuantizedActivation activation) {
    NeuralNetConfiguration configuration = new NeuralNetConfiguration();
    configuration.setLayer(activation);
    INDArray parameters = Nd4j.create(DataType.FLOAT, 1, 1);
    QuantizedActivationLayer layer =
        (QuantizedActivationLayer)
            activation.instantiate(configuration, null, 0, parameters, true, DataType.FLOAT);
    layer.setBackpropGradientsViewArray(Nd4j.create(DataType.FLOAT, 1, 1));
    parameters.assign(RESOLUTION);
    return layer;
  }

  @ParameterizedTest
  @MethodSource("activations")
  void equalsTheScalarDefinitionsOnBothSidesOfEveryKink(QuantizedActivation activation) {
    ActivationQuantizer quantizer = activation.quantizer();
    float[] x = kinks(quantizer.levels());
    QuantizedActivationLayer layer = layer(activation);
    float[] y =
        RowMajor.copy(
            layer.activate(Nd4j.create(x, new long[] {1, x.length}, 'c'), true, WORKSPACES));
    float[] dy = new float[x.length];
    for (int i = 0; i < dy.length; i++) {
      dy[i] = (i % 7) - 3;
    }
    float[] dx =
        RowMajor.copy(
            layer
                .backpropGradient(Nd4j.create(dy, new long[] {1, x.length}, 'c'), WORKSPACES)
                .getSecond());

    double resolutionGradient = 0;
    for (int i = 0; i < x.length; i++) {
      assertThat(y[i]).as("at %s", x[i]).isEqualTo(quantizer.apply(x[i], RESOLUTION));
      float slope = activation.derivative().at(x[i], RESOLUTION, quantizer.levels());
      assertThat(dx[i]).as("at %s", x[i]).isEqualTo(dy[i] * slope);
      resolutionGradient +=
          dy[i] * activation.resolutionDerivative().at(x[i], RESOLUTION, quantizer);
    }
    assertThat(layer.getGradientsViewArray().getFloat(0)).isEqualTo((float) resolutionGradient);
  }

  @Test
  void theOrderOfTheArraysInMemoryDoesNotMatter() {
    QuantizedActivation activation = fourBits();
    float[] x = new float[2 * 3 * 2 * 2];
    float[] dy = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = 0.3f * i - 1;
      dy[i] = i % 5 - 1.5f;
    }
    long[] shape = {2, 3, 2, 2};
    INDArray image = Nd4j.create(x, shape, 'c');
    INDArray gradient = Nd4j.create(dy, shape, 'c');
    QuantizedActivationLayer rowMajor = layer(activation);
    QuantizedActivationLayer columnMajor = layer(activation);

    assertThat(RowMajor.copy(columnMajor.activate(image.dup('f'), true, WORKSPACES)))
        .isEqualTo(RowMajor.copy(rowMajor.activate(image, true, WORKSPACES)));
    INDArray dx = rowMajor.backpropGradient(gradient, WORKSPACES).getSecond();
    assertThat(dx.shape()).isEqualTo(shape);
    assertThat(
            RowMajor.copy(columnMajor.backpropGradient(gradient.dup('f'), WORKSPACES).getSecond()))
        .isEqualTo(RowMajor.copy(dx));
    assertThat(columnMajor.getGradientsViewArray().getFloat(0))
        .isEqualTo(rowMajor.getGradientsViewArray().getFloat(0))
        .isNotZero();
  }

  @Test
  void notANumberStaysNotANumber() {
    INDArray y =
        layer(fourBits())
            .activate(
                Nd4j.create(new float[] {Float.NaN, 1}, new long[] {1, 2}, 'c'), true, WORKSPACES);
    assertThat(y.getFloat(0, 0)).isNaN();
    assertThat(y.getFloat(0, 1)).isEqualTo(3 * RESOLUTION);
  }

  @Test
  void aFreshLayerHasResolutionOne() {
    QuantizedActivation activation = fourBits();
    NeuralNetConfiguration configuration = new NeuralNetConfiguration();
    configuration.setLayer(activation);
    INDArray parameters = Nd4j.create(DataType.FLOAT, 1, 1);
    activation.instantiate(configuration, null, 0, parameters, true, DataType.FLOAT);
    assertThat(parameters.getFloat(0)).isEqualTo(1);
  }

  private static QuantizedActivation fourBits() {
    return new QuantizedActivation(
        new ActivationQuantizer(4, Rounding.UP),
        CoarseDerivative.CLIPPED_RELU,
        ResolutionDerivative.THREE_VALUED);
  }
}
