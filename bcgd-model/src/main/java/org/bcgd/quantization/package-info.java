// SPDX-License-Identifier: Apache-2.0
/**
 * The definitions of what is low-bit: weights, activations and the coarse derivatives that stand in
 * for the true ones.
 *
 * <p>Doors: {@link org.bcgd.quantization.WeightQuantizer}, {@link
 * org.bcgd.quantization.ActivationQuantizer}, {@link org.bcgd.quantization.CoarseDerivative},
 * {@link org.bcgd.quantization.ResolutionDerivative}. Imports {@code vector} and {@code parallel},
 * loops and threads only. Source: Yin et al., arXiv:1808.05240, sections on weight and activation
 * quantization.
 */
package org.bcgd.quantization;
