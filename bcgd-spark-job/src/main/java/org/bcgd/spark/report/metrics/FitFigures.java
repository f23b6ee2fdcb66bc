// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

/**
 * How well and how fast the training images are learnt.
 *
 * @param loss mean cross-entropy of an image
 * @param top1 share of images whose label came first, 0..1
 * @param imagesPerSecond over all shards
 */
public record FitFigures(double loss, double top1, double imagesPerSecond) {}
