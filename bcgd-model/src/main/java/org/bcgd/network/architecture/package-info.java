// SPDX-License-Identifier: Apache-2.0
/**
 * The networks that are shipped, each a short file that reads like the table in its paper. Doors:
 * {@link org.bcgd.network.architecture.Architecture} and {@link
 * org.bcgd.network.architecture.NetworkActivation}.
 *
 * <p>Imports {@code network}, {@code network.layer} and what they import.
 */
package org.bcgd.network.architecture;
