// SPDX-License-Identifier: Apache-2.0
/**
 * A network as the engine executes it: convolutions, poolings, shortcuts, and all element-wise work
 * between them fused into stages. Door: {@link org.bcgd.engine.graph.GraphReader}.
 *
 * <p>Imports {@code network}, {@code parameters}, {@code quantization} and Deeplearning4j's
 * configurations.
 */
package org.bcgd.engine.graph;
