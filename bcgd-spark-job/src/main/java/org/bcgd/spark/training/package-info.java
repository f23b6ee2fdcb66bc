// SPDX-License-Identifier: Apache-2.0
/**
 * The algorithm: {@link org.bcgd.spark.training.TrainingLoop} is the page to read first, {@link
 * org.bcgd.spark.training.GradientJob} the one Spark job of a step.
 */
package org.bcgd.spark.training;
