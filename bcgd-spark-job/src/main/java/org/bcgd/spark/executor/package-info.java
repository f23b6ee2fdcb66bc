// SPDX-License-Identifier: Apache-2.0
/**
 * What runs on executors, and nothing of the driver's state: {@link
 * org.bcgd.spark.executor.ShardGradient} and {@link org.bcgd.spark.executor.ShardEvaluation} are
 * pure functions of broadcast values and a shard; {@link org.bcgd.spark.executor.ExecutorNetworks}
 * is the one cache of networks in a JVM.
 *
 * <p>Imports {@code wire} and {@code settings}.
 */
package org.bcgd.spark.executor;
