// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bcgd.engine.crew.Images;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.memory.Gradient;
import org.bcgd.engine.memory.MemoryUse;
import org.bcgd.engine.memory.TensorLives;
import org.bcgd.engine.memory.Values;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;

/**
 * The tensors of a step on the images of one thread, and when each is used. Nodes are visited in
 * their order; what is said of uses is said of the node that is visited.
 */
final class StepTensors {

  /** The largest whole number of 16 bits. */
  private static final long NARROW = Short.MAX_VALUE;

  /**
   * Convolutions in a row up to which the gradient that passes them may be rounded each time. What
   * that adds up to grows as the root of their number, and is 1e-2 of the gradient at some 25.
   */
  private static final int SHALLOW = 20;

  private final Arena arena;
  private final ExecutionGraph graph;
  private final PlanSettings settings;
  private final Images images;
  private final StepTimes times;
  private final TensorLives lives = new TensorLives();
  private final Map<Value, Integer> producers = new HashMap<>(); // index of the node
  private final Map<Value, Tensor> values = new HashMap<>();
  private final Map<Value, Tensor> narrowed = new HashMap<>(); // sums in 16 bits
  private final Map<Value, List<Tensor>> copies = new HashMap<>(); // codes in bytes, if need be
  private final Map<Value, Tensor> sumGradients = new HashMap<>(); // of convolutions
  private final Map<Value, List<Gradient>> gradients = new HashMap<>(); // by consumers
  private final Deque<Integer> meetings = new ArrayDeque<>(); // nodes, the last first
  private int node = -1;

  StepTensors(Arena arena, ExecutionGraph graph, PlanSettings settings, Images images) {
    this.arena = arena;
    this.graph = graph;
    this.settings = settings;
    this.images = images;
    this.times = new StepTimes(graph.nodes().size());
    write(graph.image());
  }

  /** Goes on to the next node. */
  void next() {
    node++;
  }

  private int forward() {
    return node < 0 ? times.images() : times.forward(node);
  }

  private int backward() {
    return times.backward(node);
  }

  /** New memory for a value that the node gives. */
  Tensor write(Value value) {
    Tensor tensor = Values.tensor(arena, type(value), images.count(), value);
    values.put(value, tensor);
    producers.put(value, node);
    gradients.put(value, new ArrayList<>());
    lives.add(tensor, MemoryUse.VALUES, forward());
    return settings.keepsValues() ? lives.use(tensor, times.end()) : tensor;
  }

  ElementType type(Value value) {
    return Values.type(value, settings.codes());
  }

  /** A value that the node reads forwards. */
  Tensor read(Value value) {
    return lives.use(values.get(value), forward());
  }

  /** A value that the node reads forwards and backwards. */
  Tensor readTwice(Value value) {
    return lives.use(read(value), backward());
  }

  /** What the node reads backwards of a value that it reads forwards. */
  Tensor readBack(Value value) {
    if (isNarrowed(value)) {
      return lives.use(lives.add(narrowed.get(value), MemoryUse.VALUES, forward()), backward());
    }
    return copies.containsKey(value) ? lives.use(copy(value), backward()) : readTwice(value);
  }

  /** Whether sums are kept in 16 bits, by the node that reads them. */
  boolean isNarrowed(Value value) {
    return narrowed.containsKey(value);
  }

  /** Makes room for the sums of a convolution in 16 bits, if they always hold them. */
  void keepNarrow(Node.Convolution convolution) {
    if (largestSum(convolution) <= NARROW) {
      Value sums = convolution.output();
      narrowed.put(sums, Values.tensor(arena, ElementType.INT16, images.count(), sums));
    }
  }

  /** Copies of what a stage gives, in bytes, which were and will be asked for: of codes only. */
  List<Tensor> copies(Value value) {
    return value.form() instanceof Value.Codes
        ? copies.computeIfAbsent(value, codes -> new ArrayList<>())
        : List.of();
  }

  private Tensor copy(Value codes) {
    List<Tensor> known = copies.get(codes);
    if (known.isEmpty()) {
      Tensor copy = Values.tensor(arena, ElementType.UINT8, images.count(), codes);
      known.add(lives.add(copy, MemoryUse.VALUES, times.forward(producers.get(codes))));
    }
    return known.get(0);
  }

  /** New memory for codes that the node reads backwards. */
  Tensor widened(ElementType type, Value codes) {
    Tensor tensor = Values.tensor(arena, type, images.count(), codes);
    return lives.add(tensor, MemoryUse.VALUES, backward());
  }

  private long largestSum(Node.Convolution convolution) {
    Value input = convolution.input();
    return input.form() instanceof Value.Codes codes && settings.isQuantized(convolution.weights())
        ? (long) graph.largestCode(codes)
            * settings.largestLevels().get(convolution.weights())
            * input.shape().channels()
            * convolution.window().kernel().height()
            * convolution.window().kernel().width()
        : Long.MAX_VALUE;
  }

  /**
   * New memory for what passes of a value's gradient from convolution to convolution, beside what
   * they multiply, which the node uses.
   */
  Tensor passing(ElementType type, Value value) {
    return gradient(graph.depth() > SHALLOW ? ElementType.FLOAT32 : type, value);
  }

  /** New memory for a gradient, which the node uses. */
  Tensor gradient(ElementType type, Value value) {
    Tensor tensor = Values.tensor(arena, type, images.count(), value);
    return lives.add(tensor, MemoryUse.GRADIENTS, backward());
  }

  /** Takes over what an operation needs both ways. */
  Tensor workspace(Tensor tensor) {
    return lives.use(lives.add(tensor, MemoryUse.VALUES, forward()), backward());
  }

  /** Notes that the threads meet in the node, there and back. */
  void meeting() {
    meetings.push(node);
  }

  /**
   * Takes over a gradient of weights. All threads read it after their next meeting on the way back,
   * and have read it when they meet again.
   */
  Tensor weightGradient(Tensor tensor) {
    int read = meetings.stream().skip(1).findFirst().map(times::backward).orElse(times.end());
    return lives.use(lives.add(tensor, MemoryUse.WEIGHT_GRADIENTS, backward()), read);
  }

  /** New memory for the gradient of a convolution's sums, which the node takes. */
  Tensor takeSumGradient(ElementType type, Value sums) {
    Tensor tensor = gradient(type, sums);
    sumGradients.put(sums, tensor);
    return tensor;
  }

  /** The gradient of a convolution's sums, which the node gives. */
  Tensor giveSumGradient(Value sums) {
    return lives.use(sumGradients.get(sums), backward());
  }

  /** The same of the last convolution, which the loss gives. */
  Tensor lastSumGradient(Value sums) {
    return lives.use(sumGradients.get(sums), times.loss());
  }

  /** The last sums, which the loss reads. */
  Tensor lastSums(Value sums) {
    return lives.use(values.get(sums), times.loss());
  }

  /** What the node says of the gradient of a value that it read. */
  void give(Value value, Gradient gradient) {
    lives.use(gradient.tensor(), backward());
    if (producers.get(value) >= 0) {
      lives.use(gradient.tensor(), times.backward(producers.get(value)));
    }
    gradients.get(value).add(gradient);
  }

  /** What was and will be said of the gradient of a value. */
  List<Gradient> gradients(Value value) {
    return gradients.get(value);
  }

  /** Gives all tensors their memory. */
  void place() {
    lives.place(arena);
  }

  /** Bytes of the block at the time when most of it is used. */
  Map<MemoryUse, Long> memory() {
    return lives.largest();
  }

  /** Where a value lies. */
  Tensor of(Value value) {
    return values.get(value);
  }
}
