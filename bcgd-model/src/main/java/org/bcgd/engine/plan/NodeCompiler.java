// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.crew.Images;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.graph.Window;
import org.bcgd.engine.linear.ConvolutionOperation;
import org.bcgd.engine.linear.CrossEntropy;
import org.bcgd.engine.linear.LinearLayer;
import org.bcgd.engine.linear.Widening;
import org.bcgd.engine.memory.Gradient;
import org.bcgd.engine.memory.GradientGather;
import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.memory.Values;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.onednn.primitive.Convolution;
import org.bcgd.engine.onednn.primitive.ConvolutionShape;
import org.bcgd.engine.onednn.primitive.Pooling;
import org.bcgd.engine.onednn.primitive.Primitive;
import org.bcgd.engine.pooling.PoolingOperation;
import org.bcgd.engine.pooling.ShortcutOperation;
import org.bcgd.engine.stage.LinearTerm;
import org.bcgd.engine.stage.NormTerm;
import org.bcgd.engine.stage.PlainTerm;
import org.bcgd.engine.stage.StageActivation;
import org.bcgd.engine.stage.StageOperation;
import org.bcgd.engine.stage.StageTerm;
import org.bcgd.engine.step.Operation;

/** Turns the nodes of a graph, in their order, into operations on the images of one thread. */
final class NodeCompiler {

  private final Arena arena;
  private final ExecutionGraph graph;
  private final SharedState shared;
  private final Crew crew;
  private final Images images;
  private final StepTensors tensors;
  private final List<Operation> operations = new ArrayList<>();

  NodeCompiler(
      Arena arena,
      ExecutionGraph graph,
      SharedState shared,
      Crew crew,
      Images images,
      StepTensors tensors) {
    this.arena = arena;
    this.graph = graph;
    this.shared = shared;
    this.crew = crew;
    this.images = images;
    this.tensors = tensors;
  }

  List<Operation> operations() {
    return operations;
  }

  CrossEntropy loss() {
    Value output = graph.output();
    OptionalInt bias = graph.classifier().bias();
    return new CrossEntropy(
        shared.layer(graph.classifier().weights()),
        bias,
        new CrossEntropy.Memory(tensors.lastSums(output), tensors.lastSumGradient(output)),
        biasGradient(bias, Values.channels(output)),
        shared.outcome(images.thread()),
        images,
        output.shape().channels());
  }

  void compile(Node node) {
    tensors.next();
    if (node instanceof Node.Convolution convolution) {
      compile(convolution);
    } else if (node instanceof Node.Stage stage) {
      compile(stage);
    } else if (node instanceof Node.Pooling pooling) {
      compile(pooling);
    } else if (node instanceof Node.Shortcut shortcut) {
      compile(shortcut);
    }
  }

  private void compile(Node.Convolution node) {
    Tensor x = tensors.read(node.input());
    Tensor kept = tensors.readBack(node.input());
    Tensor again = kept.equals(x) ? x : tensors.widened(x.type(), node.input());
    Tensor y = tensors.write(node.output());
    tensors.keepNarrow(node);
    Tensor dy = tensors.takeSumGradient(x.type(), node.output());
    LinearLayer layer = shared.layer(node.weights());
    Strips strips = Strips.of(node.input(), images.count());
    Convolution convolution =
        new Convolution(arena, extents(node.input(), node.window(), node.output()), x.type());
    Tensor dw = tensors.weightGradient(convolution.weightGradient());
    layer.addGradient(dw);
    operations.add(
        new ConvolutionOperation(
            convolution.forward(x, layer.kernels(), y),
            kept.equals(x) ? Optional.empty() : Optional.of(new Widening(kept, again, strips)),
            convolution.backwardWeights(again, dy, dw),
            backwardData(node, convolution, dy),
            layer,
            images.thread()));
  }

  /** Nothing asks for the gradient of the image. */
  private Optional<Primitive> backwardData(
      Node.Convolution node, Convolution convolution, Tensor dy) {
    if (node.input() == graph.image()) {
      return Optional.empty();
    }
    LinearLayer layer = shared.layer(node.weights());
    Tensor dx = tensors.passing(dy.type(), node.input());
    tensors.give(node.input(), new Gradient(dx, layer::backFactor));
    return Optional.of(convolution.backwardData(dy, layer.kernels(), dx));
  }

  private void compile(Node.Stage node) {
    Strips strips = Strips.of(node.output(), images.count());
    Tensor value = tensors.write(node.output());
    Tensor sumGradient = tensors.passing(value.type(), node.output());
    List<StageTerm> terms = new ArrayList<>();
    for (Node.Term term : node.terms()) {
      terms.add(term(term, strips, sumGradient));
    }
    StageOperation stage =
        new StageOperation(
            terms,
            activation(node.activation(), strips),
            new StageOperation.Destination(
                value,
                tensors.copies(node.output()),
                tensors.gradients(node.output()),
                sumGradient),
            strips,
            crew);
    if (stage.meets()) {
      tensors.meeting();
    }
    operations.add(stage);
  }

  private StageTerm term(Node.Term term, Strips strips, Tensor sumGradient) {
    StageTerm.Input input =
        new StageTerm.Input(
            tensors.read(term.input()),
            tensors.readBack(term.input()),
            tensors.isNarrowed(term.input()));
    Optional<LinearLayer> layer = term.producer().map(linear -> shared.layer(linear.weights()));
    OptionalInt bias = term.producer().map(Node.Linear::bias).orElse(OptionalInt.empty());
    if (term.norm().isPresent()) {
      Tensor back =
          layer.isPresent() ? tensors.giveSumGradient(term.input()) : gradient(term.input());
      return new NormTerm(
          term.norm().get(),
          new NormTerm.Source(layer, bias, input, back),
          shared.norm(term.norm().get()),
          images.thread(),
          strips);
    }
    if (layer.isPresent()) {
      return new LinearTerm(
          layer.get(),
          bias,
          biasGradient(bias, strips.channels()),
          input,
          tensors.giveSumGradient(term.input()),
          strips);
    }
    tensors.give(term.input(), Gradient.of(sumGradient));
    return new PlainTerm(term.input(), input, strips);
  }

  private double[] biasGradient(OptionalInt bias, int channels) {
    return bias.isPresent()
        ? shared.sums(bias.getAsInt()).part(images.thread())
        : new double[channels];
  }

  /** New memory for what the node says of a value's gradient. */
  private Tensor gradient(Value value) {
    Tensor tensor = tensors.gradient(tensors.type(value), value);
    tensors.give(value, Gradient.of(tensor));
    return tensor;
  }

  private StageActivation activation(Node.Activation activation, Strips strips) {
    if (activation instanceof Node.Staircase staircase) {
      double[] sum = shared.sums(staircase.resolution()).part(images.thread());
      return new StageActivation.Staircase(staircase, sum, strips.length());
    }
    return activation instanceof Node.Rectifier
        ? new StageActivation.Rectifier()
        : new StageActivation.Identity();
  }

  private void compile(Node.Pooling node) {
    Tensor x = tensors.read(node.input());
    Tensor y = tensors.write(node.output());
    Tensor dy = tensors.gradient(x.type(), node.output());
    Strips strips = Strips.of(node.output(), images.count());
    Pooling pooling =
        new Pooling(
            arena,
            extents(node.input(), node.window(), node.output()),
            x.type(),
            Pooling.Kind.valueOf(node.kind().name()));
    pooling.workspace().ifPresent(tensors::workspace);
    operations.add(
        new PoolingOperation(
            pooling.forward(x, y),
            pooling.backward(dy, gradient(node.input())),
            new GradientGather(tensors.gradients(node.output()), strips),
            dy,
            strips));
  }

  private void compile(Node.Shortcut node) {
    Tensor x = tensors.read(node.input());
    Tensor y = tensors.write(node.output());
    Tensor dy = tensors.gradient(x.type(), node.output());
    Strips strips = Strips.of(node.output(), images.count());
    operations.add(
        new ShortcutOperation(
            node,
            new ShortcutOperation.Memory(x, y, dy, gradient(node.input())),
            new GradientGather(tensors.gradients(node.output()), strips),
            strips,
            images.count()));
  }

  private ConvolutionShape extents(Value input, Window window, Value output) {
    return ConvolutionShape.of(
        images.count(),
        input.shape(),
        Values.channels(input),
        window,
        output.shape(),
        Values.channels(output));
  }
}
