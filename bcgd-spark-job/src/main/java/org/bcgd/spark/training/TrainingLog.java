// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.progress.Progress;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.EvaluationFigures;
import org.bcgd.spark.report.metrics.EvaluationMetrics;
import org.bcgd.spark.report.metrics.FitFigures;
import org.bcgd.spark.report.metrics.Phase;
import org.bcgd.spark.report.metrics.PhaseTimer;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.report.metrics.StepTimes;
import org.bcgd.spark.report.metrics.UpdateFigures;

/** Turns what the loop does into lines for people and for machines. */
public final class TrainingLog {

  private final BlendedCoarseGradientDescent descent;
  private final int stepsPerEpoch;
  private final RunLog metrics;
  private final Progress progress;
  private final Consumer<StepMetrics> watcher;
  private final Judgements judgements;

  private Optional<WeightSnapshot> previous = Optional.empty();
  private Optional<Evaluation> lastEvaluation = Optional.empty();
  private EpochSums sums = new EpochSums();
  private long steps;
  private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);

  /** Where the newest evaluation is kept whole. */
  @FunctionalInterface
  public interface Judgements {
    void keep(long step, Evaluation evaluation);
  }

  public TrainingLog(
      BlendedCoarseGradientDescent descent,
      int stepsPerEpoch,
      RunLog metrics,
      Progress progress,
      Consumer<StepMetrics> watcher,
      Judgements judgements) {
    this.descent = descent;
    this.stepsPerEpoch = stepsPerEpoch;
    this.metrics = metrics;
    this.progress = progress;
    this.watcher = watcher;
    this.judgements = judgements;
  }

  /** What was taken from {@code before}: a step, or a round of local steps. */
  void step(MasterState before, Step.Taken taken, PhaseTimer timer) {
    WeightSnapshot w = taken.w();
    GradientSum g = taken.sum();
    double flips = previous.map(w::changedLevels).orElse(0.0);
    previous = Optional.of(w);
    sums.add(w, g, timer.seconds());
    steps++;
    timer.seconds().forEach((phase, time) -> seconds.merge(phase, time, Double::sum));
    StepMetrics step =
        new StepMetrics(
            taken.next().step(),
            (int) (before.step() / stepsPerEpoch),
            new FitFigures(g.meanLoss(), g.accuracy(), g.samples() / total(timer.seconds())),
            update(before, w, flips),
            timer.seconds(),
            taken.reduced().missing());
    metrics.write(step);
    progress.step(step);
    watcher.accept(step);
  }

  /** The end of an epoch, reached with {@code after}. */
  void epoch(MasterState after) {
    MasterState last = new MasterState(after.step() - 1, after.weights(), after.momentum());
    WeightSnapshot w = previous.orElseThrow();
    EpochMetrics epoch =
        new EpochMetrics(
            after.step(),
            epochBefore(after),
            sums.fit(),
            update(last, w, w.changedLevels(sums.first)),
            LayerMeasures.of(w, sums.first),
            sums.seconds);
    metrics.write(epoch);
    progress.epoch(epoch);
    sums = new EpochSums();
  }

  /** Makes sure that what was told so far outlives this process. */
  void secure() {
    metrics.secure();
  }

  /** Evaluates after an epoch, and tells what came of it. */
  public Evaluation evaluation(MasterState state, Supplier<Evaluation> work) {
    PhaseTimer timer = new PhaseTimer(System::nanoTime);
    Evaluation evaluation = timer.time(Phase.EVALUATION, work);
    lastEvaluation = Optional.of(evaluation);
    EvaluationMetrics line =
        new EvaluationMetrics(
            state.step(), epochBefore(state), figures(evaluation), total(timer.seconds()));
    metrics.write(line);
    judgements.keep(state.step(), evaluation);
    progress.evaluation(line);
    return evaluation;
  }

  /** The last evaluation, if there was one. */
  public Optional<Evaluation> lastEvaluation() {
    return lastEvaluation;
  }

  /** Where the time of all steps so far went. */
  public Optional<StepTimes> times() {
    Map<Phase, Double> means = new EnumMap<>(Phase.class);
    seconds.forEach((phase, time) -> means.put(phase, time / steps));
    return steps == 0 ? Optional.empty() : Optional.of(new StepTimes(steps, means));
  }

  public static EvaluationFigures figures(Evaluation evaluation) {
    return new EvaluationFigures(
        evaluation.topOne(), evaluation.topFive(), evaluation.meanLoss(), evaluation.images());
  }

  private int epochBefore(MasterState state) {
    return (int) ((state.step() - 1) / stepsPerEpoch);
  }

  private UpdateFigures update(MasterState before, WeightSnapshot w, double flips) {
    return new UpdateFigures(
        descent.learningRate(before), descent.blending(before), flips, LayerMeasures.range(w));
  }

  private static double total(Map<Phase, Double> seconds) {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** What adds up over an epoch. */
  private static final class EpochSums {
    private WeightSnapshot first;
    private double loss;
    private double hits;
    private long samples;
    private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);

    void add(WeightSnapshot w, GradientSum g, Map<Phase, Double> step) {
      first = first == null ? w : first;
      loss += g.meanLoss() * g.samples();
      hits += g.accuracy() * g.samples();
      samples += g.samples();
      step.forEach((phase, time) -> seconds.merge(phase, time, Double::sum));
    }

    FitFigures fit() {
      return new FitFigures(loss / samples, hits / samples, samples / total(seconds));
    }
  }
}
