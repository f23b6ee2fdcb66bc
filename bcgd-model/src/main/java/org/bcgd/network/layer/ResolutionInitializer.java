// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The one parameter of a quantized activation: its resolution α, which starts at 1. */
final class ResolutionInitializer implements ParamInitializer {

  static final ResolutionInitializer INSTANCE = new ResolutionInitializer();

  private ResolutionInitializer() {}

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return 1;
  }

  @Override
  public long numParams(Layer layer) {
    return 1;
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(QuantizedActivation.RESOLUTION);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return false;
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return false;
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray view, boolean initialize) {
    configuration.addVariable(QuantizedActivation.RESOLUTION);
    INDArray resolution = view.reshape(1);
    if (initialize) {
      resolution.assign(1);
    }
    return Map.of(QuantizedActivation.RESOLUTION, resolution);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray view) {
    return Map.of(QuantizedActivation.RESOLUTION, view.reshape(1));
  }
}
