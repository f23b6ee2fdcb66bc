// SPDX-License-Identifier: Apache-2.0
/**
 * A trained network as plain values, with nothing of training left: batch norms are scale and shift
 * by channel, weights are levels or floats. It is what inference executes, what a packed model
 * holds and what is exported. {@link org.bcgd.engine.folded.Folding} makes one, {@link
 * org.bcgd.engine.folded.FoldedNetwork} is the value.
 *
 * <p>Imports {@code quantization}, {@code parameters} and {@code engine.graph}.
 */
package org.bcgd.engine.folded;
