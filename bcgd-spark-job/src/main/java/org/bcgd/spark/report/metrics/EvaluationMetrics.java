// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

/**
 * An evaluation during training.
 *
 * @param step steps done before it
 * @param epoch after which it was made, counted from 0
 * @param figures measured
 * @param seconds it took
 */
public record EvaluationMetrics(long step, int epoch, EvaluationFigures figures, double seconds)
    implements Metrics {}
