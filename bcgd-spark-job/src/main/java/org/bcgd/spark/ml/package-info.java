// SPDX-License-Identifier: Apache-2.0
/**
 * Training and classification as stages of Spark ML: {@link
 * org.bcgd.spark.ml.QuantizedImageClassifier} is the estimator, {@link
 * org.bcgd.spark.ml.QuantizedImageClassificationModel} the model. They stand beside {@code cli} on
 * the same training.
 *
 * <p>Imports {@code settings}, {@code storage}, {@code shards}, {@code prediction}, {@code folder},
 * {@code trained} and {@code run}.
 */
package org.bcgd.spark.ml;
