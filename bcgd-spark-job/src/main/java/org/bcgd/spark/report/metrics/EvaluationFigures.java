// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

/**
 * A measurement on the images of evaluation.
 *
 * @param top1 share of images whose label came first, 0..1
 * @param top5 share of images whose label was among the first five, 0..1
 * @param loss mean cross-entropy of an image
 * @param images how many were measured
 */
public record EvaluationFigures(double top1, double top5, double loss, long images) {}
