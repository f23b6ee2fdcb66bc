// SPDX-License-Identifier: Apache-2.0
/**
 * Convolutions, dense layers and the loss: levels times codes, and the units that the sums miss.
 *
 * <p>Imports {@code engine.step}, {@code engine.memory}, {@code engine.crew}, {@code engine.graph},
 * {@code engine.onednn} with its primitives, {@code parameters} and {@code quantization}.
 */
package org.bcgd.engine.linear;
