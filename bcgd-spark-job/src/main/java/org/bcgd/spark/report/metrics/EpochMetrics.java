// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

import java.util.Map;

/**
 * An epoch of training.
 *
 * @param step steps done at its end
 * @param epoch counted from 0
 * @param fit over the images of the epoch
 * @param update the last one; its share of sign flips over the whole epoch
 * @param layers layer by layer; none in the metrics of versions that did not write them
 * @param seconds by phase, over the whole epoch
 */
public record EpochMetrics(
    long step,
    int epoch,
    FitFigures fit,
    UpdateFigures update,
    LayerFigures layers,
    Map<Phase, Double> seconds)
    implements Metrics {

  public EpochMetrics {
    layers = layers == null ? LayerFigures.NONE : layers;
    seconds = Map.copyOf(seconds);
  }
}
