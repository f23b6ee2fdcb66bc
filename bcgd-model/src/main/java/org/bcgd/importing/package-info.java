// SPDX-License-Identifier: Apache-2.0
/**
 * Weights of other programs. {@link org.bcgd.importing.Safetensors} reads a file of named tensors,
 * {@link org.bcgd.importing.Naming} says which of them becomes which parameter, and {@link
 * org.bcgd.importing.WeightImport} fills the parameter vector, strict about what is missing, left
 * over or of another shape.
 *
 * <p>Imports {@code parameters} and {@code failure}.
 */
package org.bcgd.importing;
