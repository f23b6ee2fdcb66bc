// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.crew.Images;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.linear.CrossEntropy;
import org.bcgd.engine.memory.MemoryUse;
import org.bcgd.engine.memory.Values;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.step.Operation;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.PhaseClock;
import org.bcgd.engine.step.Step;
import org.bcgd.engine.step.Task;

/** A network compiled for the images of one thread: its memory and its tasks in order. */
final class ThreadPlan implements AutoCloseable {

  private final Arena arena = new Arena();
  private final PhaseClock clock = new PhaseClock();
  private final ExecutionGraph graph;
  private final Images images;
  private final StepTensors tensors;
  private final float[] image; // [H, W, C]
  private final CrossEntropy loss;
  private final List<Task> training = new ArrayList<>();
  private final List<Task> classifying = new ArrayList<>();

  ThreadPlan(
      ExecutionGraph graph, SharedState shared, Crew crew, Images images, PlanSettings settings) {
    this.graph = graph;
    this.images = images;
    this.image = new float[graph.image().shape().pixels() * Values.channels(graph.image())];
    this.tensors = new StepTensors(arena, graph, settings, images);
    NodeCompiler compiler = new NodeCompiler(arena, graph, shared, crew, images, tensors);
    graph.nodes().forEach(compiler::compile);
    this.loss = compiler.loss();
    tensors.place();
    schedule(compiler.operations(), crew);
  }

  private void schedule(List<Operation> operations, Crew crew) {
    training.add(new Task(Phase.IMAGES, this::loadImages));
    operations.forEach(operation -> training.addAll(operation.forward()));
    training.stream().filter(task -> !task.phase().isTrainingOnly()).forEach(classifying::add);
    training.add(loss.task());
    scheduleBackwards(operations, crew);
  }

  private void scheduleBackwards(List<Operation> operations, Crew crew) {
    List<Operation> backwards = new ArrayList<>(operations);
    Collections.reverse(backwards);
    List<Task> together = new ArrayList<>(); // after the next meeting
    for (Operation operation : backwards) {
      for (Task task : operation.backward()) {
        training.add(task);
        if (task.phase() == Phase.MEETING) {
          training.addAll(together);
          together.clear();
        }
      }
      together.addAll(operation.together());
    }
    training.add(new Task(Phase.MEETING, step -> crew.meet()));
    training.addAll(together);
  }

  void gradient(Step step) {
    clock.run(training, step);
  }

  /** Writes the probabilities of its images to {@code target}, [batch, classes]. */
  void classify(Step step, float[] target) {
    clock.run(classifying, step);
    loss.classify(step, target);
  }

  /** The tasks of a training step. */
  List<Task> tasks() {
    return training;
  }

  /** Where a value lies. */
  Tensor tensor(Value value) {
    return tensors.of(value);
  }

  PhaseClock clock() {
    return clock;
  }

  /** What its native memory is for, in bytes, at the time when most is used. */
  Map<MemoryUse, Long> memory() {
    Map<MemoryUse, Long> bytes = tensors.memory();
    bytes.put(MemoryUse.WORKSPACE, arena.workspace());
    return bytes;
  }

  /** Native memory of tensors, in bytes. */
  long bytes() {
    return arena.bytes();
  }

  /** From [C, H, W] to [H, W, C]. */
  private void loadImages(Step step) {
    int channels = graph.image().shape().channels();
    int pixels = graph.image().shape().pixels();
    int stored = Values.channels(graph.image());
    for (int n = 0; n < images.count(); n++) {
      int first = (images.first() + n) * channels * pixels;
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < pixels; p++) {
          image[p * stored + c] = step.batch().pixels()[first + c * pixels + p];
        }
      }
      tensor(graph.image()).store(image, n * image.length, image.length);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
