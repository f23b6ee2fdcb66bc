// SPDX-License-Identifier: Apache-2.0
/**
 * Files on any Hadoop file system, there only when they are complete: {@link
 * org.bcgd.spark.storage.Folder}, and on it the {@link org.bcgd.spark.storage.CheckpointStore} and
 * the {@link org.bcgd.spark.storage.MetricsFile} of a run.
 *
 * <p>Imports nothing of the job. No other room knows the file systems of Hadoop.
 */
package org.bcgd.spark.storage;
