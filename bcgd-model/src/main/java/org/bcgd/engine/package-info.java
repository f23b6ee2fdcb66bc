/**
 * The engine: a network's graph compiled onto oneDNN, so that a quantized network trains faster
 * because it is quantized. Convolutions multiply levels and codes; all element-wise work between
 * two of them is one stage; memory is planned once. Doors: {@link org.bcgd.engine.OneDnnNetwork}
 * and {@link org.bcgd.engine.EngineSettings}.
 *
 * <p>Imports {@code quantization}, {@code parameters}, {@code data}, {@code network}, {@code
 * failure} and its own rooms {@code engine.graph}, {@code engine.onednn} and {@code vector}.
 */
package org.bcgd.engine;
