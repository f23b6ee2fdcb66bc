// SPDX-License-Identifier: Apache-2.0
/**
 * Packed models as Spark jobs. {@link org.bcgd.spark.prediction.ImagePrediction} gives DataFrames
 * of images labels and probabilities; {@link org.bcgd.spark.prediction.ModelBroadcast} brings a
 * model to the executors, where one serves all tasks of a process.
 *
 * <p>Imports nothing of the job but {@code org.bcgd.packed} of the model.
 */
package org.bcgd.spark.prediction;
