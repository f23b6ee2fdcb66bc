// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.bcgd.engine.folded.ChannelAffine;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Block;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.NativeHeap;
import org.bcgd.engine.onednn.Tensor;

/**
 * Runs the vector loops of a network's stages on a few numbers, in a thread of its own, until they
 * are faster than plain loops: then Java has compiled them, for all networks of the process. How
 * long that takes depends on the machine; the numbers that stages compute do not depend on it. Some
 * seconds later, what Java's compiler needed is given back to the system. An interrupt ends it.
 */
final class Rehearsal implements Runnable {

  private static final Shape SHAPE = new Shape(16, 1, 2); // a strip of 32 numbers
  private static final int ASKING = 6_000; // runs after which Java's compiler takes notice
  private static final int RUNS = 50; // of a measurement
  private static final int WINS = 3; // one after the other, before it is believed
  private static final int PAUSE = 10; // milliseconds, which the compiler can use
  private static final int AFTER =
      10_000; // milliseconds; Java frees what its compiler had every 5 s
  private static final long LIMIT = 30_000_000_000L; // nanoseconds; by then Java does not compile

  /** Kinds of stages whose loops are compiled. */
  private static final Set<List<Object>> COMPILED = ConcurrentHashMap.newKeySet();

  private final SharedWeights weights;
  private final Map<List<Object>, FoldedLayer.Stage> open; // one stage of each kind to be compiled
  private volatile boolean isCompiled;
  private volatile boolean isOver;

  Rehearsal(FoldedNetwork network, SharedWeights weights) {
    this.weights = weights;
    this.open = kinds(network);
    open.keySet().removeAll(COMPILED);
    this.isCompiled = open.isEmpty();
    this.isOver = isCompiled;
  }

  /** Whether vector loops are compiled. */
  boolean isCompiled() {
    return isCompiled;
  }

  /** Whether no more loops are run, compiled or not. */
  boolean isOver() {
    return isOver;
  }

  @Override
  public void run() {
    if (isOver) {
      return;
    }
    try {
      rehearse();
      Thread.sleep(AFTER);
      NativeHeap.trim();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the thread ends here
    }
  }

  /** It is over in any case, since a network that warms up waits for that. */
  private void rehearse() throws InterruptedException {
    long start = System.nanoTime();
    try (Arena arena = new Arena()) {
      for (Map.Entry<List<Object>, FoldedLayer.Stage> kind : open.entrySet()) {
        if (isFaster(arena, kind.getValue(), start)) {
          COMPILED.add(kind.getKey());
        }
      }
      isCompiled = COMPILED.containsAll(open.keySet());
    } finally {
      isOver = true;
    }
  }

  /** Whether vectors are faster in the end. */
  private boolean isFaster(Arena arena, FoldedLayer.Stage stage, long start)
      throws InterruptedException {
    StageStep vectors = step(arena, stage, true);
    StageStep plain = step(arena, stage, false);
    nanoseconds(vectors, ASKING);
    int wins = 0;
    while (wins < WINS && System.nanoTime() - start < LIMIT) {
      Thread.sleep(PAUSE);
      wins = nanoseconds(vectors, RUNS) < nanoseconds(plain, RUNS) ? wins + 1 : 0;
    }
    return wins == WINS;
  }

  /** Time that some runs take. */
  private static long nanoseconds(StageStep step, int runs) throws InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      step.run();
    }
    return System.nanoTime() - start;
  }

  /** One stage of each kind: types that enter and activation. Some are part of a convolution. */
  private Map<List<Object>, FoldedLayer.Stage> kinds(FoldedNetwork network) {
    Map<List<Object>, FoldedLayer.Stage> kinds = new HashMap<>();
    for (FoldedLayer layer : network.layers()) {
      if (layer instanceof FoldedLayer.Stage stage
          && stage.inputs().stream().noneMatch(weights::isInside)) {
        kinds.putIfAbsent(
            List.of(
                stage.inputs().stream().map(weights::type).toList(),
                stage.activation() instanceof FoldedLayer.Staircase staircase
                    ? staircase.quantizer()
                    : stage.activation()),
            stage);
      }
    }
    return kinds;
  }

  private StageStep step(Arena arena, FoldedLayer.Stage stage, boolean inVectors) {
    List<Tensor> inputs =
        stage.inputs().stream().map(value -> tensor(arena, weights.type(value))).toList();
    List<FoldedLayer.Term> terms =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> new FoldedLayer.Term(i, ChannelAffine.factor(1)))
            .toList();
    boolean isCodes = stage.activation() instanceof FoldedLayer.Staircase;
    return new StageStep(
        new FoldedLayer.Stage(stage.name(), terms, stage.activation(), SHAPE),
        inputs,
        tensor(arena, isCodes ? ElementType.UINT8 : ElementType.FLOAT32),
        SHAPE.channels(),
        SHAPE.channels() * SHAPE.pixels(),
        () -> inVectors);
  }

  private static Tensor tensor(Arena arena, ElementType type) {
    Tensor tensor = Tensor.images(arena, type, 1, SHAPE.channels(), SHAPE.height(), SHAPE.width());
    return tensor.place(new Block(arena, tensor.size()), 0);
  }
}
