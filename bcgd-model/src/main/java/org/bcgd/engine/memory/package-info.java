// SPDX-License-Identifier: Apache-2.0
/**
 * How values and their gradients lie in memory.
 *
 * <p>Imports {@code engine.graph}, {@code engine.onednn} and {@code vector}.
 */
package org.bcgd.engine.memory;
