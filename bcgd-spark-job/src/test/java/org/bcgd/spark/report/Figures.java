// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import java.util.List;
import java.util.Map;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.EvaluationFigures;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.FitFigures;
import org.bcgd.spark.report.metrics.LayerFigure;
import org.bcgd.spark.report.metrics.LayerFigures;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.ResolutionRange;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.report.metrics.UpdateFigures;

/** Metrics for tests. */
public final class Figures {

  private static final FitFigures FIT = new FitFigures(0.73125, 0.7321, 1234.4);
  private static final UpdateFigures UPDATE =
      new UpdateFigures(0.01, 1e-5, 0.002, new ResolutionRange(0.1, 0.4));

  private static final LayerFigures LAYERS =
      new LayerFigures(
          List.of(new LayerFigure("act1", 0.1), new LayerFigure("act2", 0.4)),
          List.of(new LayerFigure("conv1", 0.003), new LayerFigure("conv2", 0.001)));

  private Figures() {}

  public static StepMetrics step(long step, int epoch) {
    return new StepMetrics(
        step, epoch, FIT, UPDATE, Map.of(Phase.COMPUTE, 0.25, Phase.PROJECT, 0.125), List.of());
  }

  public static EpochMetrics epoch(long step, int epoch) {
    return new EpochMetrics(step, epoch, FIT, UPDATE, LAYERS, Map.of(Phase.COMPUTE, 12.5));
  }

  public static EvaluationMetrics evaluation(long step, int epoch) {
    return new EvaluationMetrics(
        step, epoch, new EvaluationFigures(0.8512, 0.99, 0.4321, 2000), 1.5);
  }
}
