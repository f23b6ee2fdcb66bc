// SPDX-License-Identifier: Apache-2.0
/**
 * Integer inference: a folded network compiled onto oneDNN. Codes are unsigned bytes, levels signed
 * ones, their sums int32; where one convolution alone feeds a staircase, its sums become codes
 * within it. The codes are those of the training engine's evaluation, bit for bit. Door: {@link
 * org.bcgd.engine.inference.InferenceNetwork}.
 *
 * <p>Imports {@code quantization}, {@code failure}, {@code engine.graph}, {@code engine.folded},
 * {@code engine.crew}, {@code engine.onednn} with its primitives and {@code vector}; nothing of
 * Deeplearning4j is needed to run it.
 */
package org.bcgd.engine.inference;
