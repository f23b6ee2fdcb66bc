// SPDX-License-Identifier: Apache-2.0
/**
 * Networks that runs have trained, taken from their checkpoints: to be judged, deployed or learnt
 * from.
 *
 * <p>Imports {@code settings}, {@code storage}, {@code shards}, {@code executor}, {@code
 * evaluation} and {@code folder}.
 */
package org.bcgd.spark.trained;
