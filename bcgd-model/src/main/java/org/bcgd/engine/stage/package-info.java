// SPDX-License-Identifier: Apache-2.0
/**
 * All element-wise work between two convolutions: scale, batch norm, sum and activation, there and
 * back. Door: {@link org.bcgd.engine.stage.StageOperation}.
 *
 * <p>Imports {@code engine.linear} and the rooms of the engine below it.
 */
package org.bcgd.engine.stage;
