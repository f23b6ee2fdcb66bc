// SPDX-License-Identifier: Apache-2.0
/**
 * The engine: a network's graph compiled onto oneDNN, so that a quantized network trains faster
 * because it is quantized. Convolutions multiply levels and codes; all element-wise work between
 * two of them is one stage; memory is planned once. Doors: {@link org.bcgd.engine.OneDnnNetwork}
 * and {@link org.bcgd.engine.EngineSettings}.
 *
 * <p>Imports {@code quantization}, {@code parameters}, {@code data}, {@code network}, {@code
 * failure}, {@code vector} and its own rooms: the graph as it is read ({@code engine.graph}) and as
 * it is classified with ({@code engine.folded}, {@code engine.inference}), the plan of a gradient
 * ({@code engine.plan}, {@code engine.step}, {@code engine.memory}, {@code engine.crew}) and
 * oneDNN.
 */
package org.bcgd.engine;
