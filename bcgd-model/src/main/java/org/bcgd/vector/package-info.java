// SPDX-License-Identifier: Apache-2.0
/**
 * Loops over values in the Java Vector API. Those of the engine read and write strips, short arrays
 * of float32 that stay in the first-level cache; those of the descent long arrays. Every loop gives
 * the same bits whatever the width of the vectors.
 *
 * <p>Imports {@code failure} and the JDK with its module {@code jdk.incubator.vector}, which must
 * be added when Java starts. Compiled apart from the rest, since the compiler warns of the module.
 */
package org.bcgd.vector;
