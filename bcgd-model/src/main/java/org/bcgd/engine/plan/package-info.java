// SPDX-License-Identifier: Apache-2.0
/**
 * A graph compiled for batches of one size. Door: {@link org.bcgd.engine.plan.Plan}.
 *
 * <p>Imports all other rooms of the engine.
 */
package org.bcgd.engine.plan;
