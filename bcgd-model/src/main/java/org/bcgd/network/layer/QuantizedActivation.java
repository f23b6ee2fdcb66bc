// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.layer;

import java.util.Collection;
import java.util.Objects;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A layer of a Deeplearning4j graph: the staircase σ(x, α) of {@link ActivationQuantizer} on every
 * element, with one trainable resolution α.
 *
 * <pre>
 *   forward     y = σ(x, α)
 *   backward    ∂ℓ/∂x = ∂ℓ/∂y · μ′(x, α)           μ′: the coarse derivative
 *               ∂ℓ/∂α = Σ ∂ℓ/∂y · ∂σ/∂α(x, α)     over all elements of the batch
 * </pre>
 *
 * <p>Takes and gives [N, C, H, W] or [N, C].
 */
public final class QuantizedActivation extends BaseLayer {

  /** The name of the parameter α. */
  public static final String RESOLUTION = "alpha";

  private static final long serialVersionUID = 1;

  @JsonProperty private int bits;
  @JsonProperty private Rounding rounding;
  @JsonProperty private CoarseDerivative derivative;
  @JsonProperty private ResolutionDerivative resolutionDerivative;

  /** For Jackson, which fills the fields. */
  private QuantizedActivation() {}

  public QuantizedActivation(
      ActivationQuantizer quantizer,
      CoarseDerivative derivative,
      ResolutionDerivative resolutionDerivative) {
    this.bits = quantizer.bits();
    this.rounding = Objects.requireNonNull(quantizer.rounding());
    this.derivative = Objects.requireNonNull(derivative);
    this.resolutionDerivative = Objects.requireNonNull(resolutionDerivative);
  }

  /** Whether all four settings are there; a graph read from JSON may lack some. */
  public boolean hasAllSettings() {
    return bits >= 1
        && bits <= 8
        && rounding != null
        && derivative != null
        && resolutionDerivative != null;
  }

  /** The staircase. */
  public ActivationQuantizer quantizer() {
    return new ActivationQuantizer(bits, rounding);
  }

  /** What stands in for ∂σ/∂x. */
  public CoarseDerivative derivative() {
    return derivative;
  }

  /** ∂σ/∂α or what stands in for it. */
  public ResolutionDerivative resolutionDerivative() {
    return resolutionDerivative;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    QuantizedActivationLayer layer = new QuantizedActivationLayer(configuration, dataType);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(configuration, parameters, initialize));
    layer.setConf(configuration);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return ResolutionInitializer.INSTANCE;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return input;
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    // α is one number whatever the input's size
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public boolean isPretrainParam(String name) {
    return false;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return new LayerMemoryReport.Builder(layerName, QuantizedActivation.class, input, input)
        .standardMemory(1, 1)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QuantizedActivation that
        && super.equals(that)
        && bits == that.bits
        && rounding == that.rounding
        && derivative == that.derivative
        && resolutionDerivative == that.resolutionDerivative;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), bits, rounding, derivative, resolutionDerivative);
  }
}
