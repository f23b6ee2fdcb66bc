// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the processes of the application can hold a run, asked before its first step: {@link
 * org.bcgd.spark.memory.MemoryNeeds} is what a run takes, {@link
 * org.bcgd.spark.memory.MemoryLimits} what Spark's configuration and the cluster manager give,
 * {@link org.bcgd.spark.memory.ExecutorMachines} what executors tell where no manager limits them.
 * It may use Spark only.
 */
package org.bcgd.spark.memory;
