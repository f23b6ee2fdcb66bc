// SPDX-License-Identifier: Apache-2.0
/**
 * What Deeplearning4j lacks for a quantized network: the layer {@link
 * org.bcgd.network.layer.QuantizedActivation} and the vertex {@link
 * org.bcgd.network.layer.SubsampleAndPad}. Any graph may use them; they travel in its JSON by class
 * name.
 *
 * <p>Imports {@code quantization} and Deeplearning4j.
 */
package org.bcgd.network.layer;
