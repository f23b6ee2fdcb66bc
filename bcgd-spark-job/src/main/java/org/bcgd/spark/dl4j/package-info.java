// SPDX-License-Identifier: Apache-2.0
/**
 * Training for users of Deeplearning4j on Spark: {@link org.bcgd.spark.dl4j.BcgdTrainingMaster} is
 * a {@code TrainingMaster} that trains the graph of a {@code SparkComputationGraph} by the training
 * of {@code run}. It stands beside {@code cli} and {@code ml} on the same training.
 *
 * <p>Imports {@code settings}, {@code storage}, {@code report}, {@code shards}, {@code folder},
 * {@code run} and, alone in this module, Deeplearning4j, whose module for Spark exists for Scala
 * 2.12 only. Arrays of ND4J stay in the model's {@code network.given}.
 */
package org.bcgd.spark.dl4j;
