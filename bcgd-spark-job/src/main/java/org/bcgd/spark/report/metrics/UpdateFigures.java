// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

/**
 * What the update did.
 *
 * @param learningRate η
 * @param rho ρ, the blending
 * @param signFlipShare share of the quantized weights whose sign changed, 0..1; 0 without such
 * @param resolutions the bounds of all α
 */
public record UpdateFigures(
    double learningRate, double rho, double signFlipShare, ResolutionRange resolutions) {}
