// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import java.util.List;
import java.util.function.Consumer;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * Tells the listeners of a graph, on the driver, how it goes: the score of each step is the mean
 * loss of its samples. The parameters of the graph are those from before the epoch until it ends.
 */
final class StepReport implements Consumer<StepMetrics> {

  private final ComputationGraph graph;
  private final List<TrainingListener> listeners;

  StepReport(ComputationGraph graph, List<TrainingListener> listeners) {
    this.graph = graph;
    this.listeners = List.copyOf(listeners);
  }

  /** To be called before the first step of an epoch. */
  void begin() {
    listeners.forEach(listener -> listener.onEpochStart(graph));
  }

  @Override
  public void accept(StepMetrics step) {
    ComputationGraphConfiguration counts = graph.getConfiguration();
    graph.setScore(step.fit().loss());
    counts.setIterationCount(counts.getIterationCount() + 1);
    listeners.forEach(
        listener ->
            listener.iterationDone(graph, counts.getIterationCount(), counts.getEpochCount()));
  }

  /** To be called when the graph has the weights of the epoch's end. */
  void end() {
    listeners.forEach(listener -> listener.onEpochEnd(graph));
  }
}
