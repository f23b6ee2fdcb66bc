// SPDX-License-Identifier: Apache-2.0
/**
 * The execution of a network by Deeplearning4j and ND4J: slow, exact, on every ND4J backend. It
 * judges the engine. Door: {@link org.bcgd.network.dl4j.Deeplearning4jNetwork}.
 *
 * <p>Imports {@code network}, {@code network.layer} and what they import.
 */
package org.bcgd.network.dl4j;
