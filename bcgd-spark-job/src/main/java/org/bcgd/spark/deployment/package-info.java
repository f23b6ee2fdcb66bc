// SPDX-License-Identifier: Apache-2.0
/**
 * From a checkpoint to files that are deployed, with a report of what was won: {@link
 * org.bcgd.spark.deployment.Deployment} judges and measures, {@link
 * org.bcgd.spark.deployment.DeploymentReport} is what it found.
 *
 * <p>Imports {@code settings}, {@code storage}, {@code shards}, {@code executor}, {@code
 * evaluation}, {@code prediction} and {@code trained}.
 */
package org.bcgd.spark.deployment;
