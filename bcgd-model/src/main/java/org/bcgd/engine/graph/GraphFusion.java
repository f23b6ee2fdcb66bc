// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Collects the element-wise vertices of a graph into stages. Batch norms and sums stay pending, as
 * lists of terms, until an activation takes them or another vertex needs their values.
 */
final class GraphFusion {

  private final Value image;
  private final Map<String, Long> uses; // how many vertices take each vertex
  private final IntPredicate needsValues;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, List<Node.Term>> pending = new HashMap<>();

  GraphFusion(Value image, Map<String, Long> uses, IntPredicate needsValues) {
    this.image = image;
    this.uses = uses;
    this.needsValues = needsValues;
    values.put(image.name(), image);
  }

  /** The shape of what a vertex gives. */
  Shape shape(String vertex) {
    return values.containsKey(vertex)
        ? values.get(vertex).shape()
        : pending.get(vertex).get(0).input().shape();
  }

  void convolution(String name, String input, Window window, Shape shape, Node.Linear linear) {
    Value in = value(input);
    if (in.form() instanceof Value.Codes && needsValues.test(linear.weights())) {
      in = stage(input, List.of(plain(in)), new Node.Identity(), new Value.Floats());
    }
    Value out = new Value(name, shape, new Value.Accumulator());
    nodes.add(new Node.Convolution(in, window, linear.weights(), out));
    pending.put(name, List.of(new Node.Term(out, Optional.of(linear), Optional.empty())));
  }

  void norm(String name, String input, Node.Norm norm) {
    Node.Term taken = isOneSum(input) ? terms(input).get(0) : plain(floats(input));
    pending.put(name, List.of(new Node.Term(taken.input(), taken.producer(), Optional.of(norm))));
  }

  /** Whether a vertex is pending as the sums of a convolution and nothing else. */
  private boolean isOneSum(String vertex) {
    List<Node.Term> terms = pending.getOrDefault(vertex, List.of());
    return terms.size() == 1
        && terms.get(0).norm().isEmpty()
        && terms.get(0).input().form() instanceof Value.Accumulator;
  }

  void add(String name, List<String> inputs) {
    pending.put(name, inputs.stream().flatMap(input -> terms(input).stream()).toList());
  }

  void activate(String name, String input, Node.Activation activation) {
    List<Node.Term> terms = name.equals(input) ? pending.remove(name) : terms(input);
    Value.Form form =
        activation instanceof Node.Staircase staircase
            ? new Value.Codes(staircase.resolution())
            : new Value.Floats();
    values.put(name, stage(name, terms, activation, form));
  }

  /** Another name for what a vertex gives. */
  void alias(String name, String input) {
    pending.put(name, terms(input));
  }

  void pool(String name, String input, Node.Pooling.Kind kind, Window window, Shape shape) {
    Value in = kind == Node.Pooling.Kind.MAXIMUM ? value(input) : floats(input);
    Value out = new Value(name, shape, in.form());
    nodes.add(new Node.Pooling(in, kind, window, out));
    values.put(name, out);
  }

  void shortcut(String name, String input, Shape shape) {
    Value in = value(input);
    Value out = new Value(name, shape, in.form());
    nodes.add(new Node.Shortcut(in, out));
    values.put(name, out);
  }

  ExecutionGraph classify(String output) {
    Node.Term logits = pending.get(output).get(0);
    return new ExecutionGraph(image, nodes, logits.producer().orElseThrow());
  }

  /** The terms of a vertex; of one that several take, its value, so that it is computed once. */
  private List<Node.Term> terms(String vertex) {
    if (pending.containsKey(vertex) && uses.get(vertex) == 1) {
      return pending.remove(vertex);
    }
    return List.of(plain(value(vertex)));
  }

  private Value value(String vertex) {
    return values.computeIfAbsent(vertex, this::computePending);
  }

  private Value computePending(String vertex) {
    return stage(vertex, pending.remove(vertex), new Node.Identity(), new Value.Floats());
  }

  /** A vertex in float32, padded channels included. */
  private Value floats(String vertex) {
    Value value = value(vertex);
    return value.form() instanceof Value.Floats
        ? value
        : stage(vertex, List.of(plain(value)), new Node.Identity(), new Value.Floats());
  }

  private Value stage(
      String name, List<Node.Term> terms, Node.Activation activation, Value.Form form) {
    Value out = new Value(name, terms.get(0).input().shape(), form);
    nodes.add(new Node.Stage(terms, activation, out));
    return out;
  }

  private static Node.Term plain(Value value) {
    return new Node.Term(value, Optional.empty(), Optional.empty());
  }
}
