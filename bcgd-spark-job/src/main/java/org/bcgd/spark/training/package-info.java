// SPDX-License-Identifier: Apache-2.0
/**
 * The algorithm: {@link org.bcgd.spark.training.TrainingLoop} is the page to read first, {@link
 * org.bcgd.spark.training.GradientStep} what a step is. {@code run} puts a run together, {@code
 * folder} keeps what it leaves.
 */
package org.bcgd.spark.training;
