// SPDX-License-Identifier: Apache-2.0
/**
 * How well a network does on the images of a split, as one Spark job: {@link
 * org.bcgd.spark.evaluation.EvaluationJob}.
 *
 * <p>Imports {@code executor} and {@code shards}.
 */
package org.bcgd.spark.evaluation;
