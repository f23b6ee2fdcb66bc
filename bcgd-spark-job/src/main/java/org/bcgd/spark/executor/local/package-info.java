// SPDX-License-Identifier: Apache-2.0
/**
 * Local steps: shards that walk by themselves between two averages. {@link
 * org.bcgd.spark.executor.local.ShardLocalSteps} is the task of a round, with the update of {@link
 * org.bcgd.spark.executor.local.LocalDescent}, from a {@link
 * org.bcgd.spark.executor.local.SharedState}.
 *
 * <p>Imports {@code executor} and {@code settings}.
 */
package org.bcgd.spark.executor.local;
