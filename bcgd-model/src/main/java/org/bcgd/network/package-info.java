// SPDX-License-Identifier: Apache-2.0
/**
 * Networks as Deeplearning4j graphs: the shipped ones ({@link org.bcgd.network.Architecture}), the
 * graph as a value that travels ({@link org.bcgd.network.NetworkDefinition}), its first weights
 * ({@link org.bcgd.network.InitialWeights}), its figures ({@link org.bcgd.network.NetworkSummary}),
 * and the interface of everything that executes it ({@link
 * org.bcgd.network.CoarseGradientNetwork}).
 *
 * <p>Imports {@code quantization}, {@code randomness}, {@code parameters}, {@code data}, {@code
 * failure} and Deeplearning4j, which no package outside this one and those below it imports. Arrays
 * of ND4J never leave them.
 */
package org.bcgd.network;
