// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.layer;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The execution of a {@link QuantizedActivation}. Its loops call the scalar definitions, element by
 * element in row-major order, so that they need no second definition and ∂ℓ/∂α, summed in double,
 * has one value.
 */
final class QuantizedActivationLayer extends BaseLayer<QuantizedActivation> {

  private static final long serialVersionUID = 1;

  QuantizedActivationLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, input.shape(), 'c');
    INDArray source = RowMajor.of(input);
    quantize(RowMajor.values(source), RowMajor.values(output));
    Reference.reachabilityFence(source);
    return output;
  }

  private void quantize(FloatBuffer x, FloatBuffer y) {
    ActivationQuantizer quantizer = layerConf().quantizer();
    float resolution = resolution();
    int size = x.capacity();
    for (int i = 0; i < size; i++) {
      y.put(i, quantizer.apply(x.get(i), resolution));
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
    INDArray source = RowMajor.of(input);
    INDArray given = RowMajor.of(outputGradient);
    FloatBuffer x = RowMajor.values(source);
    FloatBuffer dy = RowMajor.values(given);
    differentiate(x, dy, RowMajor.values(inputGradient));
    INDArray resolutionGradient = gradientViews.get(QuantizedActivation.RESOLUTION);
    resolutionGradient.assign(sumOverResolution(x, dy));
    Reference.reachabilityFence(source);
    Reference.reachabilityFence(given);
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(QuantizedActivation.RESOLUTION, resolutionGradient);
    return Pair.of(gradient, inputGradient);
  }

  private void differentiate(FloatBuffer x, FloatBuffer dy, FloatBuffer dx) {
    CoarseDerivative derivative = layerConf().derivative();
    int levels = layerConf().quantizer().levels();
    float resolution = resolution();
    int size = x.capacity();
    for (int i = 0; i < size; i++) {
      dx.put(i, dy.get(i) * derivative.at(x.get(i), resolution, levels));
    }
  }

  private double sumOverResolution(FloatBuffer x, FloatBuffer dy) {
    ActivationQuantizer quantizer = layerConf().quantizer();
    ResolutionDerivative derivative = layerConf().resolutionDerivative();
    float resolution = resolution();
    int size = x.capacity();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += (double) dy.get(i) * derivative.at(x.get(i), resolution, quantizer);
    }
    return sum;
  }

  private float resolution() {
    return getParam(QuantizedActivation.RESOLUTION).getFloat(0);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
