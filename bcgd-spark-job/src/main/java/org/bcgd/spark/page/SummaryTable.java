// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.page;

import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.StepMetrics;

/** What came of runs, a row each, and where the time of one went. */
final class SummaryTable {

  private static final List<String> RUNS =
      List.of(
          "run",
          "status",
          "method",
          "epochs",
          "steps",
          "last top-1",
          "best top-1",
          "last top-5",
          "last loss",
          "training loss",
          "images/s",
          "time of steps");

  private SummaryTable() {}

  static DomContent ofRuns(List<RunRecord> runs) {
    return HtmlTable.of(RUNS, runs.stream().map(SummaryTable::row).toList());
  }

  private static List<String> row(RunRecord run) {
    List<EvaluationMetrics> evaluations = run.evaluations();
    Optional<EvaluationMetrics> last = evaluations.stream().reduce((a, b) -> b);
    Optional<EvaluationMetrics> best =
        evaluations.stream().max(Comparator.comparingDouble(e -> e.figures().top1()));
    return List.of(
        run.name(),
        run.result()
            .map(result -> result.status().name().toLowerCase(Locale.ROOT))
            .orElse("not ended"),
        method(run),
        "%,d".formatted(run.epochs().size()),
        "%,d".formatted(run.metrics().get(run.metrics().size() - 1).step()),
        last.map(e -> percent(e.figures().top1())).orElse(""),
        best.map(e -> percent(e.figures().top1()) + " (epoch " + (e.epoch() + 1) + ")").orElse(""),
        last.map(e -> percent(e.figures().top5())).orElse(""),
        last.map(e -> "%.4f".formatted(e.figures().loss())).orElse(""),
        run.epochs().stream()
            .reduce((a, b) -> b)
            .map(e -> "%.4f".formatted(e.fit().loss()))
            .orElse(""),
        run.steps().isEmpty() ? "" : speed(run),
        duration(run.steps().stream().mapToDouble(SummaryTable::seconds).sum()));
  }

  /** ρ of the first step names it, if weights are quantized: signs flip then. */
  private static String method(RunRecord run) {
    double rho = run.steps().isEmpty() ? 0 : run.steps().get(0).update().rho();
    if (run.steps().stream().noneMatch(step -> step.update().signFlipShare() > 0)) {
      return "no sign flipped";
    }
    return rho == 0 ? "BinaryConnect (ρ = 0)" : "BCGD (ρ = %s)".formatted(rho);
  }

  private static String speed(RunRecord run) {
    List<StepMetrics> steps = run.steps();
    double images = steps.stream().mapToDouble(s -> s.fit().imagesPerSecond() * seconds(s)).sum();
    return "%,.0f".formatted(images / steps.stream().mapToDouble(SummaryTable::seconds).sum());
  }

  private static double seconds(StepMetrics step) {
    return step.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The phases of all steps and evaluations of a run. */
  static DomContent ofPhases(RunRecord run) {
    Map<Phase, Double> seconds = new TreeMap<>();
    run.steps().forEach(s -> s.seconds().forEach((k, v) -> seconds.merge(k, v, Double::sum)));
    run.evaluations().forEach(e -> seconds.merge(Phase.EVALUATION, e.seconds(), Double::sum));
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    return HtmlTable.of(
        List.of("phase", "seconds", "share", "milliseconds a time"),
        seconds.entrySet().stream()
            .map(
                entry ->
                    List.of(
                        entry.getKey().name().toLowerCase(Locale.ROOT),
                        "%,.1f".formatted(entry.getValue()),
                        percent(entry.getValue() / all),
                        "%,.1f".formatted(1e3 * entry.getValue() / times(run, entry.getKey()))))
            .toList());
  }

  private static int times(RunRecord run, Phase phase) {
    return phase == Phase.EVALUATION ? run.evaluations().size() : run.steps().size();
  }

  private static String percent(double share) {
    return "%.2f %%".formatted(100 * share);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d:%02d min".formatted(whole / 60, whole % 60)
        : "%d:%02d h".formatted(whole / 3600, whole / 60 % 60);
  }
}
