// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bcgd.engine.crew.ThreadSums;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.linear.CrossEntropy;
import org.bcgd.engine.linear.LinearLayer;
import org.bcgd.engine.memory.MemoryUse;
import org.bcgd.engine.memory.TensorLives;
import org.bcgd.engine.memory.Values;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.stage.NormStatistics;
import org.bcgd.engine.step.Step;

/** What the threads of a plan have in common: weights, statistics and sums. */
final class SharedState {

  private final Map<Integer, LinearLayer> layers = new LinkedHashMap<>(); // by slice of weights
  private final Map<Integer, NormStatistics> norms = new LinkedHashMap<>(); // by slice of means
  private final Map<Integer, ThreadSums> sums = new TreeMap<>(); // by slice
  private final ThreadSums outcome; // loss, hits
  private final List<TensorLives> passing; // of each thread, what its layers use in turn

  SharedState(Arena arena, ExecutionGraph graph, int threads) {
    this.outcome = new ThreadSums(threads, 2);
    this.passing = Stream.generate(TensorLives::new).limit(threads).toList();
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Convolution convolution) {
        LinearLayer layer = new LinearLayer(arena, convolution);
        int index = layers.size();
        passing.get(index % threads).add(layer.kernels().plain(), MemoryUse.WEIGHTS, index);
        layers.put(convolution.weights(), layer);
      } else if (node instanceof Node.Stage stage) {
        addStage(stage, threads);
      }
    }
    addBias(graph.classifier(), Values.channels(graph.output()), threads);
  }

  private void addStage(Node.Stage stage, int threads) {
    for (Node.Term term : stage.terms()) {
      int channels = Values.channels(term.input());
      term.norm().ifPresent(n -> norms.put(n.mean(), new NormStatistics(threads, channels)));
      term.producer().ifPresent(linear -> addBias(linear, channels, threads));
    }
    if (stage.activation() instanceof Node.Staircase staircase) {
      sums.put(staircase.resolution(), new ThreadSums(threads, 1));
    }
  }

  private void addBias(Node.Linear linear, int channels, int threads) {
    linear.bias().ifPresent(slice -> sums.put(slice, new ThreadSums(threads, channels)));
  }

  /** Describes how a thread adds up gradients, once all threads have said where theirs are. */
  void shareGradients(Arena arena, int thread) {
    int time = layers.size(); // after weights have been loaded
    for (LinearLayer layer : layers.values()) {
      passing.get(thread).add(layer.shareGradient(arena), MemoryUse.WEIGHTS, time++);
    }
  }

  /** Gives weights their memory, once all threads have said which layouts they need. */
  void place(Arena arena) {
    passing.forEach(tensors -> tensors.place(arena));
    TensorLives all = new TensorLives();
    for (LinearLayer layer : layers.values()) {
      layer.kernels().packed().forEach(tensor -> all.add(tensor, MemoryUse.WEIGHTS, 0));
    }
    all.place(arena);
  }

  LinearLayer layer(int weights) {
    return layers.get(weights);
  }

  /** Takes over the weights of a step; each thread does its part of the layers. */
  void loadWeights(Step step, int thread) {
    List<LinearLayer> all = List.copyOf(layers.values());
    for (int i = thread; i < all.size(); i += passing.size()) {
      all.get(i).load(step);
    }
  }

  NormStatistics norm(Node.Norm norm) {
    return norms.get(norm.mean());
  }

  /** The sums that become the gradient of a bias or of a resolution. */
  ThreadSums sums(int slice) {
    return sums.get(slice);
  }

  /** Where a thread leaves loss and hits. */
  double[] outcome(int thread) {
    return outcome.part(thread);
  }

  double loss() {
    return outcome.total(CrossEntropy.LOSS);
  }

  int hits() {
    return (int) outcome.total(CrossEntropy.HITS);
  }

  /** Writes the gradients of biases and resolutions. */
  void writeSums(Step step) {
    sums.forEach(
        (slice, sum) -> {
          for (int i = 0; i < step.slice(slice).outputs(); i++) {
            step.sum(slice, i, sum.total(i));
          }
        });
  }
}
