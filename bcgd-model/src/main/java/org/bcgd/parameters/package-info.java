// SPDX-License-Identifier: Apache-2.0
/**
 * The map of a network's flat parameter vector, and the two things that travel: weights down
 * ({@link org.bcgd.parameters.WeightSnapshot}) and gradients up ({@link
 * org.bcgd.parameters.GradientSum}).
 *
 * <p>Imports {@code quantization}, {@code vector} and {@code checksum}.
 */
package org.bcgd.parameters;
