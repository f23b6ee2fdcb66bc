// SPDX-License-Identifier: Apache-2.0
/**
 * The update of the full-precision weights: what the driver decides in each step. {@link
 * org.bcgd.descent.BlendedCoarseGradientDescent} is the page to read.
 *
 * <p>Imports {@code parameters}, {@code quantization}, {@code parallel} and {@code vector}. Source:
 * Yin et al., arXiv:1808.05240, the BCGD algorithm.
 */
package org.bcgd.descent;
