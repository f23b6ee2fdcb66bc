// SPDX-License-Identifier: Apache-2.0
/**
 * The checks of the theory on Spark: {@link org.bcgd.spark.theory.SparkSampler} averages over
 * samples, {@link org.bcgd.spark.theory.TheoryFolder} keeps what came of it.
 *
 * <p>Imports {@code storage} and {@code plot}, and the statements of the model's {@code theory}.
 */
package org.bcgd.spark.theory;
