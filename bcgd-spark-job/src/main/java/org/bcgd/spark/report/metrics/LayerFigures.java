// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

import java.util.List;

/**
 * Figures layer by layer, in the order of the network.
 *
 * @param resolutions α of each activation site at the last step
 * @param signFlips share of the weights of each quantized layer whose sign, or level, differs
 *     between the first and the last step of the epoch, 0..1
 */
public record LayerFigures(List<LayerFigure> resolutions, List<LayerFigure> signFlips) {

  /** Of an epoch whose layers were not measured. */
  public static final LayerFigures NONE = new LayerFigures(List.of(), List.of());

  public LayerFigures {
    resolutions = List.copyOf(resolutions);
    signFlips = List.copyOf(signFlips);
  }
}
