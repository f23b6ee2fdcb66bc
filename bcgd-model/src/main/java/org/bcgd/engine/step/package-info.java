// SPDX-License-Identifier: Apache-2.0
/**
 * What a step is made of: tasks, each of a phase whose time is measured. Doors: {@link
 * org.bcgd.engine.step.Operation} and {@link org.bcgd.engine.step.Step}.
 *
 * <p>Imports {@code parameters}, {@code quantization} and {@code data}.
 */
package org.bcgd.engine.step;
