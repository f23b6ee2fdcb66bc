// SPDX-License-Identifier: Apache-2.0
/**
 * In which bytes the gradients of shards travel, and how those of all shards add up: {@link
 * org.bcgd.parameters.uplink.GradientEncoding}.
 *
 * <p>Imports {@code parameters} and {@code randomness}.
 */
package org.bcgd.parameters.uplink;
