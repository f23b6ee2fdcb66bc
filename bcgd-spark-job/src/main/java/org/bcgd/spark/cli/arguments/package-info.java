// SPDX-License-Identifier: Apache-2.0
/**
 * What several verbs are given, and the words that options take: {@link
 * org.bcgd.spark.cli.arguments.SettingsArguments} is the settings file with its overrides, {@link
 * org.bcgd.spark.cli.arguments.CheckpointChoice} a checkpoint of a run, {@link
 * org.bcgd.spark.cli.arguments.Words} turns words into values.
 *
 * <p>Imports {@code settings}, {@code deployment} and {@code importing} for those values, picocli,
 * and neither Spark nor a verb.
 */
package org.bcgd.spark.cli.arguments;
