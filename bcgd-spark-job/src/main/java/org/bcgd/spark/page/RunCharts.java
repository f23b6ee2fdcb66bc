// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.bcgd.spark.plot.Line;
import org.bcgd.spark.plot.LineChart;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.LayerFigure;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.StepMetrics;

/** The charts of runs; those without a point to show are left out. */
final class RunCharts {

  private static final String EPOCH = "epoch";
  private static final String STEP = "step";
  private static final int POINTS = 200; // of a line over steps, each a mean of neighbours

  private RunCharts() {}

  /** Charts on which runs lie side by side, by the name of their file. */
  static Map<String, LineChart> compared(List<RunRecord> runs) {
    Map<String, LineChart> charts = new LinkedHashMap<>();
    charts.put(
        "loss",
        overEpochs(
            runs,
            "Loss",
            "mean cross-entropy (nats)",
            epoch -> epoch.fit().loss(),
            evaluation -> evaluation.figures().loss()));
    charts.put(
        "top1",
        overEpochs(
            runs,
            "Top-1",
            "images labelled rightly (%)",
            epoch -> 100 * epoch.fit().top1(),
            evaluation -> 100 * evaluation.figures().top1()));
    charts.put(
        "step-loss", overSteps(runs, "Training loss by step", "nats", step -> step.fit().loss()));
    charts.put(
        "learning-rate",
        overSteps(runs, "Learning rate", "η", step -> step.update().learningRate()));
    charts.put(
        "sign-flips",
        overSteps(
            runs,
            "Weights whose sign flips in a step",
            "share (%)",
            step -> 100 * step.update().signFlipShare()));
    charts.values().removeIf(LineChart::isEmpty);
    return charts;
  }

  /** Charts of one run by itself, by the name of their file. */
  static Map<String, LineChart> single(RunRecord run) {
    Map<String, LineChart> charts = new LinkedHashMap<>();
    charts.put(
        "alpha",
        overLayers(
            run,
            "Resolution α of each activation",
            "α",
            epoch -> epoch.layers().resolutions(),
            LayerFigure::value));
    charts.put(
        "layer-flips",
        overLayers(
            run,
            "Weights whose sign differs from the start of the epoch",
            "share (%)",
            epoch -> epoch.layers().signFlips(),
            figure -> 100 * figure.value()));
    charts.put("phases", phases(run));
    charts.values().removeIf(LineChart::isEmpty);
    return charts;
  }

  private static LineChart overEpochs(
      List<RunRecord> runs,
      String title,
      String y,
      ToDoubleFunction<EpochMetrics> training,
      ToDoubleFunction<EvaluationMetrics> evaluation) {
    boolean alone = runs.size() == 1;
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      String prefix = alone ? "" : run.name() + ", ";
      lines.add(line(prefix + "training", run.epochs(), e -> e.epoch() + 1, training, i, !alone));
      lines.add(
          line(
              prefix + "evaluation",
              run.evaluations(),
              e -> e.epoch() + 1,
              evaluation,
              alone ? 1 : i,
              false));
    }
    return new LineChart(title, EPOCH, y, lines);
  }

  private static LineChart overSteps(
      List<RunRecord> runs, String title, String y, ToDoubleFunction<StepMetrics> measure) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      List<List<StepMetrics>> groups = groups(runs.get(i).steps());
      lines.add(
          line(
              runs.get(i).name(),
              groups,
              group -> mean(group, StepMetrics::step),
              group -> mean(group, measure),
              i,
              false));
    }
    return new LineChart(title, STEP, y, lines);
  }

  private static LineChart overLayers(
      RunRecord run,
      String title,
      String y,
      Function<EpochMetrics, List<LayerFigure>> figures,
      ToDoubleFunction<LayerFigure> measure) {
    Set<String> layers = new LinkedHashSet<>();
    run.epochs().forEach(epoch -> figures.apply(epoch).forEach(f -> layers.add(f.layer())));
    List<Line> lines = new ArrayList<>();
    for (String layer : layers) {
      lines.add(
          line(
              layer,
              run.epochs(),
              epoch -> epoch.epoch() + 1,
              epoch -> of(layer, figures.apply(epoch), measure),
              lines.size(),
              false));
    }
    return new LineChart(title, EPOCH, y, lines);
  }

  private static double of(
      String layer, List<LayerFigure> figures, ToDoubleFunction<LayerFigure> measure) {
    return figures.stream()
        .filter(figure -> figure.layer().equals(layer))
        .mapToDouble(measure)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static LineChart phases(RunRecord run) {
    List<List<StepMetrics>> groups = groups(run.steps());
    List<Line> lines = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      lines.add(
          line(
              phase.name().toLowerCase(Locale.ROOT),
              groups,
              group -> mean(group, StepMetrics::step),
              group -> 1e3 * mean(group, step -> step.seconds().getOrDefault(phase, Double.NaN)),
              lines.size(),
              false));
    }
    return new LineChart("Time of each phase of a step", STEP, "milliseconds", true, lines);
  }

  /** At most {@link #POINTS} groups of as many neighbours each. */
  private static List<List<StepMetrics>> groups(List<StepMetrics> steps) {
    int size = (steps.size() + POINTS - 1) / POINTS;
    List<List<StepMetrics>> groups = new ArrayList<>();
    for (int from = 0; from < steps.size(); from += size) {
      groups.add(steps.subList(from, Math.min(from + size, steps.size())));
    }
    return groups;
  }

  private static double mean(List<StepMetrics> group, ToDoubleFunction<StepMetrics> measure) {
    return group.stream().mapToDouble(measure).average().orElse(Double.NaN);
  }

  private static <T> Line line(
      String name,
      List<T> points,
      ToDoubleFunction<T> x,
      ToDoubleFunction<T> y,
      int colour,
      boolean isDashed) {
    return new Line(
        name,
        points.stream().mapToDouble(x).toArray(),
        points.stream().mapToDouble(y).toArray(),
        colour,
        isDashed);
  }
}
