// SPDX-License-Identifier: Apache-2.0
/**
 * Poolings and shortcuts.
 *
 * <p>Imports {@code engine.step}, {@code engine.memory}, {@code engine.graph} and {@code
 * engine.onednn} with its primitives.
 */
package org.bcgd.engine.pooling;
