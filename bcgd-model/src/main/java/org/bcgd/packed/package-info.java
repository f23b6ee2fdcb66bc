// SPDX-License-Identifier: Apache-2.0
/**
 * The deployed model: one small file, and what classifies with it. {@link
 * org.bcgd.packed.QuantizedModel} is the door for users, {@link org.bcgd.packed.PackedModel} the
 * value, {@link org.bcgd.packed.PackedFormat} its bytes, described in the module's README.
 *
 * <p>Imports {@code checksum}, {@code failure}, {@code quantization}, {@code parameters}, {@code
 * data}, {@code engine.folded}, {@code engine.graph} and {@code engine.inference}. Neither
 * Deeplearning4j nor Spark is needed to run it.
 */
package org.bcgd.packed;
