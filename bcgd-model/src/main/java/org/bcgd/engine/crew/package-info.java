// SPDX-License-Identifier: Apache-2.0
/**
 * The threads of the engine and what each has of a batch. Door: {@link org.bcgd.engine.crew.Crew}.
 *
 * <p>Imports {@code engine.onednn}.
 */
package org.bcgd.engine.crew;
