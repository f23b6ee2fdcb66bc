// SPDX-License-Identifier: Apache-2.0
/**
 * How well a network does on the images of a split, as one Spark job: {@link
 * org.bcgd.spark.evaluation.EvaluationJob}.
 */
package org.bcgd.spark.evaluation;
