// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

/**
 * A figure of one layer.
 *
 * @param layer its name
 * @param value such as its resolution or its share of sign flips
 */
public record LayerFigure(String layer, double value) {}
