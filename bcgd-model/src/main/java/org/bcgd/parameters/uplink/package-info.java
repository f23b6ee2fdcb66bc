// SPDX-License-Identifier: Apache-2.0
/**
 * In which bytes the gradients of shards travel, and how those of all shards add up: {@link
 * org.bcgd.parameters.uplink.GradientEncoding}.
 *
 * <p>Imports {@code parameters}, {@code randomness}, {@code parallel} and {@code vector}.
 */
package org.bcgd.parameters.uplink;
