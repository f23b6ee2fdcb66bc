// SPDX-License-Identifier: Apache-2.0
/**
 * Networks as Deeplearning4j graphs: the graph as a value that travels ({@link
 * org.bcgd.network.NetworkDefinition}), its first weights ({@link
 * org.bcgd.network.InitialWeights}), its figures ({@link org.bcgd.network.NetworkSummary}), and the
 * interface of everything that executes it ({@link org.bcgd.network.CoarseGradientNetwork}). The
 * shipped ones are in {@code network.architecture}, what users of Deeplearning4j bring is read in
 * {@code network.given}.
 *
 * <p>Imports {@code checksum}, {@code quantization}, {@code randomness}, {@code parameters}, {@code
 * data}, {@code failure} and Deeplearning4j, which only this package, those below it and the
 * engine's reader of graphs import. Arrays of ND4J never leave them.
 */
package org.bcgd.network;
