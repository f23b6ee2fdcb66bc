// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured of a run, as values: a line of {@code metrics.jsonl} is one of {@link
 * org.bcgd.spark.report.metrics.Metrics}, and {@link org.bcgd.spark.report.metrics.PhaseTimer} says
 * where the time of a step goes.
 *
 * <p>Shares such as top-1 are 0..1. Imports Jackson and nothing of ours.
 */
package org.bcgd.spark.report.metrics;
