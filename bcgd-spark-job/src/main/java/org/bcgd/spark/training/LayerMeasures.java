// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.report.metrics.LayerFigure;
import org.bcgd.spark.report.metrics.LayerFigures;
import org.bcgd.spark.report.metrics.ResolutionRange;

/** What the weights of a step tell of each layer. */
final class LayerMeasures {

  private LayerMeasures() {}

  /** Resolutions of w, and the levels that differ from those of {@code first}. */
  static LayerFigures of(WeightSnapshot w, WeightSnapshot first) {
    return new LayerFigures(resolutions(w), signFlips(w, first));
  }

  /** The bounds of the resolutions of w. */
  static ResolutionRange range(WeightSnapshot w) {
    DoubleSummaryStatistics all =
        resolutions(w).stream().collect(Collectors.summarizingDouble(LayerFigure::value));
    return all.getCount() == 0
        ? ResolutionRange.NONE
        : new ResolutionRange(all.getMin(), all.getMax());
  }

  private static List<LayerFigure> resolutions(WeightSnapshot w) {
    List<LayerFigure> figures = new ArrayList<>();
    List<ParameterSlice> slices = w.layout().slices();
    for (int i = 0; i < slices.size(); i++) {
      if (slices.get(i).role() == ParameterRole.RESOLUTION) {
        figures.add(new LayerFigure(layer(slices.get(i)), w.floats(i)[0]));
      }
    }
    return figures;
  }

  private static List<LayerFigure> signFlips(WeightSnapshot w, WeightSnapshot first) {
    List<LayerFigure> figures = new ArrayList<>();
    List<ParameterSlice> slices = w.layout().slices();
    for (int i = 0; i < slices.size(); i++) {
      String layer = layer(slices.get(i));
      w.changedLevels(first, i).ifPresent(share -> figures.add(new LayerFigure(layer, share)));
    }
    return figures;
  }

  /** The name of the layer that a slice such as conv1/W belongs to. */
  private static String layer(ParameterSlice slice) {
    return slice.name().substring(0, slice.name().lastIndexOf('/'));
  }
}
